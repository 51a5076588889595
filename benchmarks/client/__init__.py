"""What a call of the Python client costs, beside raw httpx and other generated clients."""
