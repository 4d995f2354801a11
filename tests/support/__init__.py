"""What tests share: the named cast, the client that checks pages, the office, the browser."""
