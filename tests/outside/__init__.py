"""What checkers made by others say of our pages: the Nu HTML checker (MIT) and Lighthouse (Apache-2.0).

They are used for tests only, never shipped: `package-lock.json` pins them by hash, and `.ci/run` installs them here.
"""
