"""What a page shows, gathered from services and models; no request, no HTML."""
