"""What the pages of the survey show, ready for the templates."""
