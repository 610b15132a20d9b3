"""The cache that several processes share; imported only where LAURELS_CACHE_URL names one."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from laurels.errors import Unreachable

T = TypeVar("T")


class SharedCache(RedisCache):
    """Redis, whose absence has a name of ours."""

    def add(self, *given: Any, **named: Any) -> bool:
        """Set a value where there is none."""
        return _asked(super().add, *given, **named)

    def incr(self, *given: Any, **named: Any) -> int:
        """Count up."""
        return _asked(super().incr, *given, **named)


def _asked(what: Callable[..., T], *given: Any, **named: Any) -> T:
    try:
        return what(*given, **named)
    except RedisError as error:
        raise Unreachable("The shared cache does not answer.") from error
