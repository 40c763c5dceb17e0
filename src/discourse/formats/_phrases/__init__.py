"""The words of pages around comments, in many languages: `headings`, `furniture` and dates."""
