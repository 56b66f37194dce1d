#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, dialog and popover: whatever the keyboard can come to is called something that makes sense to be heard.

But for the window of shortcuts, which is GTK's own and has a nameless button.
"""
import os
import re

import crm_list
import crm_ui
from crm_ui import until

# What holds others, and takes the keyboard for them
HOLDERS = ('application', 'frame', 'window', 'dialog', 'alert', 'scroll pane', 'filler', 'panel', 'split pane', 'list', 'table',
           'tree table', 'page tab list', 'group', 'separator', 'menu', 'popup menu', 'viewport')
# What is heard of these is what they are for, not what was written into them
WRITTEN_IN = ('entry', 'text', 'combo box', 'switch', 'check box', 'spin button')
# Nobody hears the name of a picture
OF_A_PICTURE = re.compile(r'-symbolic$')

LIST = '''\
Name;City;Phone;E-mail
Ege Zeytin;İzmir;0232 555 01 10;bilgi@ege.example
Kuzey Nakliyat;Bursa;0224 555 01 42;depo@kuzey.example
;Ankara;;
'''


def heard(node):
    if node.name:
        return node.name
    if node.role in WRITTEN_IN:
        return node.parent.name if node.parent is not None else ''
    return ' '.join(part.name or part.text for part in node.walk() if part.role == 'label').strip()


class Names(crm_list.ListTest):

    def check(self, place):
        bad = []

        def look():
            bad.clear()
            for window in self.program.windows():
                for node in window.walk():
                    if node.role in HOLDERS or not node.has('focusable') or min(node.extents[2:]) <= 0:
                        continue
                    name = heard(node)
                    if not name or OF_A_PICTURE.search(name):
                        bad.append(f'{node.role} {name!r} at {node.extents} in {node.parent}')
            return not bad
        with self.subTest(place):
            # What is just being filled is looked at again
            try:
                until(look, 'names', 3)
            except crm_ui.TooLate:
                self.fail(f'{place}: {bad}')

    def there(self, name, role=None):
        """Also what is scrolled out, or in a popover, of whose places GTK 4.8 says nothing. Of a button in a button the inner one is pressed."""
        found = [node for window in self.program.windows() for node in window.walk()
                 if (name.search(node.name) if hasattr(name, 'search') else node.name == name) and (role is None or node.role == role)]
        return found[-1] if found else None

    def press(self, name, role=None):
        node = until(lambda: self.there(name, role), f'{name!r} to be there')
        while node.parent is not None and not node.press():
            node = node.parent

    def check_popover(self, button, sign, place):
        self.press(button, 'push button')
        until(lambda: self.there(sign), f'{sign!r} in {place}')
        self.check(place)
        self.program.key('Escape')

    def check_dialog(self, open_it, sign, place):
        count = len(self.program.windows())
        open_it()
        until(lambda: len(self.program.windows()) == count + 1, f'a window for {place}')
        until(lambda: self.there(sign), f'{sign!r} in {place}')
        self.check(place)
        self.program.key('Escape')
        until(lambda: len(self.program.windows()) == count, f'{place} to close')

    def check_by_palette(self, words, sign, place):
        def run():
            self.program.key('ctrl+k')
            self.program.get('Found', role='list')
            self.program.type(words)
            self.program.get(sign, role='list item', selected=True)
            self.program.key('Return')
            self.program.wait_gone('Found', role='list')
        self.check_dialog(run, sign, place)

    def presser(self, key):
        return lambda: self.program.key(key)

    def test_empty_base_and_dialogs(self):
        program = self.start()
        program.get('No Clients Yet')
        self.check('empty base')
        self.check_popover('Main Menu', re.compile('^Preferences'), 'main menu')
        self.check_dialog(lambda: program.click('Try with Sample Data…'), 'How many', 'sample data')
        self.check_dialog(self.presser('ctrl+comma'), 'Appearance', 'preferences')
        self.check_dialog(self.presser('ctrl+h'), 'Nothing Changed Yet', 'no changes')
        self.check_dialog(self.presser('ctrl+n'), 'New Client', 'new client')
        self.check_dialog(self.presser('ctrl+k'), 'Found', 'palette')
        self.check_by_palette('about', re.compile('^About'), 'about')

    def test_list(self):
        self.start_with_clients()
        self.check('list')
        self.check_popover('Add a filter', 'Fields', 'filters')
        self.check_popover('List menu', re.compile('Select All'), 'menu of the list')
        self.check_popover(re.compile('^Saved views'), re.compile('Save'), 'saved views')
        self.press('Show as Table', 'push button')
        until(lambda: self.there('Clients', 'tree table'), 'the table')
        self.check('table')

    def test_people(self):
        self.command('set', 'client', 'name=Kuzey Nakliyat')
        for name in ('Ali Demir', 'Banu Kaya'):
            self.command('set', 'person', 'name=' + name, 'firm=Kuzey Nakliyat', 'role=Buyer', 'phone=0212 555 01 42')
        program = self.start()
        program.click(re.compile('^Kuzey Nakliyat'), role='list item')
        program.get(re.compile('^Ali Demir'), role='list item')
        program.click('Add a Person', role='list item')
        self.check('people of a client')
        program.click(re.compile('^Ali Demir'), role='list item')
        program.get('Search people')
        program.click(re.compile('^Kuzey Nakliyat'), role='list item')
        program.get('Since', role='text')
        self.check('person')
        self.check_dialog(self.presser('ctrl+n'), 'New Person', 'new person')
        self.press('Show as Table', 'push button')
        until(lambda: self.there('People', 'tree table'), 'the table of people')
        self.check('table of people')

    def test_selected_and_trash(self):
        program = self.start_with_clients()
        self.select_first(3)
        self.check('three selected')
        self.check_dialog(lambda: self.click_selected('Edit'), 'Edit 3 Clients', 'bulk edit')
        self.check_dialog(lambda: self.click_selected('Tag'), 'Tag 3 Clients', 'bulk tag')
        self.click_selected('Delete')
        program.get('Undo', role='push button')
        program.click('Trash', role='list item')
        program.get(re.compile('^Ağaoğlu'), role='list item')
        # The message has a button of the library without a name
        program.wait_gone('Undo', role='push button')
        self.check('trash')
        self.check_dialog(self.presser('ctrl+h'), re.compile('Take Back'), 'history of changes')

    def test_card(self):
        program = self.start_with_clients()
        program.click(re.compile('^Ağaoğlu'), role='list item')
        program.get('Overview', role='page tab')
        self.check('card')
        self.check_popover('More for this client', re.compile('Copy.*Name'), 'menu of a client')
        self.check_popover(re.compile('^More .*555 01 42'), 'Copy', 'contact point')
        self.check_popover('Add a phone or e-mail', re.compile('^_?Chat'), 'kinds of contact points')
        self.press('Add an address')
        until(lambda: self.there('Street'), 'the row of the street')
        self.check('card with a new address')
        self.press('History', 'page tab')
        program.get(re.compile('Created|New'))
        self.check('history of a client')

    def test_narrow(self):
        program = self.start_with_clients()
        program.resize(360, 640)
        program.get('Sidebar')
        self.check('narrow list')
        program.click(re.compile('^Ağaoğlu'), role='list item')
        program.get('Back', role='push button')
        self.check('narrow card')

    def test_import(self):
        path = os.path.join(self.home, 'list.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write(LIST)
        program = self.start_with_clients()
        self.command(path)
        program.get('Import 2 Clients', role='push button')
        self.check('columns of an import')
        program.click('What Will Happen', role='page tab')
        program.get(re.compile('Ege Zeytin'))
        self.check('what an import would do')

    def test_damaged_base(self):
        self.command('set', 'client', 'name=Ağaoğlu Gıda')
        for tail in ('-wal', '-shm'):
            if os.path.exists(self.database + tail):
                os.unlink(self.database + tail)
        with open(self.database, 'wb') as file:
            file.write(b'SQLite format 3\0' + b'nothing of a database is left' * 1000)
        program = self.start()
        program.get(re.compile('Another File'), role='push button')
        self.check('damaged base')


if __name__ == '__main__':
    crm_ui.main()
