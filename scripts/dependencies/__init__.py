"""The locked dependencies: read, compared with what setup.cfg asks for, and asked after for vulnerabilities."""
