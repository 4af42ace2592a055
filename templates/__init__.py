"""Every letter as text and HTML, in Indonesian (id/) and English (en/)."""
