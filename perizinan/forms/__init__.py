"""Shapes of what people type; what it means is judged by the services."""
