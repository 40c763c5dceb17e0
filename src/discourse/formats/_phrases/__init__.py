"""What pages say around comments, in many languages: `headings` of comments, and `furniture`."""
