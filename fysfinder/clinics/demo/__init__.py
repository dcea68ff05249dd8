"""Demo clinics: plainly fictional, so that a newcomer sees the whole site without anybody's data."""
