"""One suite that every channel passes; a new one adds its case to `cases.py`."""
