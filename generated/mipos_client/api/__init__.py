"""What the document says of each operation, and the methods that call them, by tag."""
