"""The built-in indicators: one subject a module, each a plugin like anyone's."""
