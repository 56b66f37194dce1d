# SPDX-License-Identifier: GPL-3.0-or-later
"""What tests of the list of clients share: some clients, and how to operate rows, popovers and menus."""
import contextlib
import re

import crm_ui
from crm_ui import until

CLIENTS = [
    ('Ağaoğlu Gıda A.Ş.', 'kind=key_client', 'city=İstanbul', 'phone=+90 212 555 01 42', 'tags=fuar'),
    ('Akın Makine Ltd. Şti.', 'kind=client', 'city=İzmir', 'email=satis@akin.example'),
    ('Alpina Werkzeugbau GmbH', 'kind=partner', 'city=Stuttgart', 'grade=A'),
    ('Çınar Tekstil', 'kind=prospect', 'city=Bursa', 'tags=fuar'),
    ('İnci Kozmetik', 'kind=key_client', 'city=İstanbul'),
    ('Işıl Aydınlatma', 'kind=prospect', 'city=Ankara', 'size=chain'),
]
# From the first row of a menu to the last, and more
MOST_KEYS = 40
# What a row says of a client begins with its name
NAMES = [name for name, *_ in CLIENTS]


def row(name):
    return re.compile('^' + re.escape(name))


class ListTest(crm_ui.WindowTest):

    def start_with_clients(self):
        for name, *fields in CLIENTS:
            self.command('set', 'client', 'name=' + name, *fields)
        program = self.start()
        program.get('6 clients')
        return program

    def listed(self):
        rows = self.program.all(role='list item', within=self.program.get('Clients', role='list'))
        return [name for node in rows for name in NAMES if node.name.startswith(name)]

    def await_list(self, *names):
        until(lambda: self.listed() == list(names), f'the list to be {names}')

    def choose(self, name, key='Down'):
        """By the keyboard: in a popover, of whose places GTK 4.8 says nothing."""
        for _ in range(MOST_KEYS):
            node = until(self.program.focused, 'a focus')
            if node.name == name:
                self.program.key('Return')
                return
            self.program.key(key)
            with contextlib.suppress(crm_ui.TooLate):
                until(lambda: self.program.focused() not in (None, node) and self.program.focused().extents != node.extents, 'the focus to move', 1)
        self.fail(f'{name!r} does not get the focus')

    def popped(self, name, role):
        """What is in a popover; whether it shows is not known."""
        def find():
            return next((node for window in self.program.windows() for node in window.walk()
                         if node.role == role and node.name == name and min(node.extents[2:]) > 0), None)
        return until(find, f'{role} {name!r} in a popover')

    def open(self, button, role):
        """A popover, until the keyboard is in it."""
        self.program.click(button)
        until(lambda: self.program.focused() is not None and self.program.focused().role == role, f'the keyboard to be at a {role}')

    def choose_row(self, rows, name):
        """In a list of a popover, which has the keyboard: without asking after each key where that is."""
        def find():
            names = [(node.name, node.has('focused')) for node in self.popped(rows, 'list').children()]
            if name in dict(names) and any(focused for _, focused in names):
                return [row for row, _ in names].index(name) - [focused for _, focused in names].index(True)
            return None
        way = until(lambda: [find()] if find() is not None else None, f'{name!r} in {rows!r}')[0]
        self.program.key(*['Down' if way > 0 else 'Up'] * abs(way), 'Return')

    def choose_filter(self, field, *values):
        self.open('Add a filter', 'list item')
        self.choose_row('Fields', field)
        for value in values:
            self.choose_row('Values', value)
            until(lambda v=value: self.popped(v, 'check box').has('checked'), f'{value} to be checked')
        self.program.key('Escape')

    def choose_menu(self, button, *items):
        self.open(button, 'menu item')
        for item in items:
            self.choose(item)

    def select_first(self, count):
        """The card that opens must not take the keyboard from the rows."""
        self.program.point(self.program.get(role='list item', within=self.program.get('Clients', role='list')))
        until(lambda: self.program.focused() is not None and self.program.focused().role == 'list item', 'a row to have the focus')
        for _ in range(count - 1):
            self.program.key('shift+Down')
        if count > 1:
            self.program.get(f'{count} selected')

    def click_selected(self, action):
        """In the bar for what is selected; where that is narrow, its buttons are icons with names of more words."""
        bar = self.program.get('Selected clients', role='panel')
        self.program.click(re.compile('^' + re.escape(action) + '(…| the Selected|$)'), role='push button', within=bar)
