"""People for tests, one per role; the names are our own."""

from itertools import count

from django.contrib.auth.models import Group, User

_numbers = count(1)


def make_person(*roles: str, name: str = "", password: str = "") -> User:
    """Store a member of staff with these roles (group names), and a password if one is given."""
    number = next(_numbers)
    first, _, last = (name or f"Person{number} Quill").partition(" ")
    user = User(username=f"{first.lower()}{number}", first_name=first, last_name=last, is_staff=True)
    if password:
        user.set_password(password)
    else:
        user.set_unusable_password()
    user.save()
    user.groups.add(*Group.objects.filter(name__in=roles))
    return user
