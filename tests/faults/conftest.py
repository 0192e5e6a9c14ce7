from tests.documents.conftest import shelf

__all__ = ["shelf"]
