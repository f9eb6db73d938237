"""What people and programs see over HTTP: pages behind login, and the REST API with its OpenAPI document."""
