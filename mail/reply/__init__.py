"""What a reply says: its new text without quotes, and the status, target and date in it."""
