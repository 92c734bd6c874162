from typing import Any

from django.core.management.base import BaseCommand

from signals.demo.accounts import ACCOUNTS, PASSWORD, address


class Command(BaseCommand):
    help = "List the accounts of the demo city: who they are, and what to try first."

    def handle(self, *args: Any, **options: Any) -> None:
        wide = max(len(address(account.email)) for account in ACCOUNTS)
        role = max(len(account.role) for account in ACCOUNTS)
        for account in ACCOUNTS:
            self.stdout.write(f"{address(account.email):<{wide}}  {account.role:<{role}}  {account.try_first}")
        self.stdout.write(f"{'wachtwoord van allen':<{wide}}  {PASSWORD}")
