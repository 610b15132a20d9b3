"""Documents."""

urlpatterns: list[object] = []
