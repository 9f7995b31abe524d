"""Admin pages that only show: rows of machines, logs and outboxes change through services, never here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

if TYPE_CHECKING:
    AdminModel = admin.ModelAdmin[Any]
    AdminBaris = admin.TabularInline[Any, Any]
else:
    AdminModel = admin.ModelAdmin
    AdminBaris = admin.TabularInline


class HanyaBaca(AdminModel):
    """List and look: nobody adds, changes or deletes a row here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class BarisHanyaBaca(AdminBaris):
    """The same for rows inside another page."""

    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
