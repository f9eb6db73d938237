"""What the made-up feature keeps."""
