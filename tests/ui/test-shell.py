#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window around everything: empty base, palette, dialogs, widths, recovery; every control reachable and named."""
import fcntl
import os
import sqlite3
import struct

import crm_ui
from crm_ui import until

# What takes the focus by itself and says what it is by its role or content alone
NAMELESS_ROLES = ('application', 'frame', 'window', 'dialog', 'scroll pane', 'filler', 'panel', 'split pane')
MOST_STOPS = 200


class Shell(crm_ui.WindowTest):

    def add_client(self, name):
        self.command('set', 'client', 'name=' + name)

    def tab_through(self):
        """Every stop of the Tab key in the active window, once."""
        stops = []
        for _ in range(MOST_STOPS):
            node = until(self.program.focused, 'a focus')
            place = (node.role, node.extents)
            if place in [known for known, _ in stops]:
                break
            stops.append((place, node))
            self.program.key('Tab')
            until(lambda: self.program.focused() is None or self.program.focused().extents != place[1]
                  or len(stops) == 1, 'the focus to move')
        return [node for _, node in stops]

    def check_names(self):
        """Is everything that can be operated called something?"""
        nameless = [f'{node.role} at {node.extents}' for window in self.program.windows() for node in window.walk()
                    if node.has('focusable') and node.shows and node.role not in NAMELESS_ROLES
                    and not node.name and not node.text and not any(c.name or c.text for c in node.walk())]
        self.assertEqual(nameless, [])

    def test_empty_base_leads_on(self):
        program = self.start()
        program.get('No Clients Yet')
        for name in ('Import a List…', 'New Client', 'Try with Sample Data…'):
            self.assertTrue(program.get(name, role='push button').has('sensitive'), name)
        self.check_names()
        program.quit()

    def test_base_is_for_its_owner_alone(self):
        program = self.start()
        program.get('No Clients Yet')
        program.quit()
        self.assertEqual(os.stat(self.database).st_mode & 0o777, 0o600)
        self.assertEqual(os.stat(os.path.dirname(self.database)).st_mode & 0o777, 0o700)

    def test_second_start_raises_the_window(self):
        program = self.start()
        program.get('No Clients Yet')
        self.command()
        self.assertEqual(len(program.windows()), 1)
        self.assertIsNone(program.process.poll())

    def test_file_given_opens_the_import(self):
        path = os.path.join(self.home, 'fair.csv')
        with open(path, 'w', encoding='utf-8') as file:
            file.write('Name;City\nAğaoğlu Gıda;İstanbul\n')
        program = self.start(path)
        until(lambda: len(program.windows()) == 2, 'the window of the import')
        program.get('Ağaoğlu Gıda')
        program.key('Escape')
        until(lambda: len(program.windows()) == 1, 'the import to close')
        # A second start hands its file to the first
        self.command(path)
        until(lambda: len(program.windows()) == 2, 'the window of the import')

    def test_palette_runs_commands_and_finds_records(self):
        self.add_client('Ağaoğlu Gıda')
        self.add_client('Çınar Tekstil')
        program = self.start()
        program.row('Ağaoğlu Gıda')

        program.key('ctrl+k')
        program.get('Go to Anything', role='entry')
        program.type('keyb')
        program.get('Keyboard Shortcuts, Ctrl+?', role='list item')
        program.key('Return')
        program.get('Going about')
        program.key('Escape')
        program.wait_gone('Going about')

        program.key('ctrl+k')
        program.get('Found', role='list')
        program.type('cinar')
        program.get('Çınar Tekstil', role='list item', selected=True)
        program.key('Return')
        program.wait_gone('Found', role='list')
        until(lambda: len(program.all('Çınar Tekstil')) >= 2, 'the card of the client found')

    def test_palette_says_when_nothing_matches(self):
        program = self.start()
        program.get('No Clients Yet')
        program.key('ctrl+k')
        program.get('Found', role='list')
        program.type('qqzz')
        program.get('Nothing Found')
        program.key('Escape')
        program.wait_gone('Nothing Found')

    def test_dialogs_open_named_and_close(self):
        program = self.start()
        program.get('No Clients Yet')
        for key, sign in (('ctrl+comma', 'Appearance'), ('ctrl+h', 'History of Changes'), ('ctrl+question', 'General'),
                          ('ctrl+k', 'Found'), ('ctrl+n', 'New Client')):
            with self.subTest(key):
                program.key(key)
                until(lambda: len(program.windows()) == 2, f'a second window after {key}')
                program.get(sign)
                # The search button of GTK's own window of shortcuts has no name
                if key != 'ctrl+question':
                    self.check_names()
                program.key('Escape')
                until(lambda: len(program.windows()) == 1, f'the window of {key} to close')

    def test_style_is_remembered(self):
        program = self.start()
        program.get('No Clients Yet')
        program.key('F9')
        program.wait_gone('Pages', role='list')
        program.quit()
        program = self.start()
        program.get('No Clients Yet')
        self.assertIsNone(program.find('Pages', role='list'))
        program.key('F9')
        program.get('Pages', role='list')

    def test_every_stop_of_the_tab_key_has_a_name(self):
        self.add_client('Ağaoğlu Gıda')
        program = self.start()
        program.row('Ağaoğlu Gıda')
        program.key('ctrl+f')
        stops = self.tab_through()
        self.assertGreater(len(stops), 5)
        self.check_names()

    def test_tab_key_comes_round_past_the_rows(self):
        for name in ('Ağaoğlu Gıda', 'Çınar Tekstil', 'İnci Kozmetik'):
            self.add_client(name)
        program = self.start()
        program.row('İnci Kozmetik')
        program.key('ctrl+f')
        until(lambda: program.focused() is not None and program.focused().name == 'Search clients', 'the keyboard in the search')
        stops = self.tab_through()
        rows = [stop.name for stop in stops if stop.role == 'list item' and stop.name not in ('Clients', 'People', 'Trash')]
        self.assertEqual(len(rows), 1, rows)
        # From the header, too, the way is over the tools of the list
        until(lambda: program.focused().name == 'Search clients', 'the keyboard where it began')

    def test_three_panes_two_and_one(self):
        self.add_client('Ağaoğlu Gıda')
        program = self.start()
        program.row('Ağaoğlu Gıda')
        program.resize(1400, 900)
        program.get('Pages', role='list')
        program.get('Width of the List', role='separator')
        program.resize(800, 700)
        program.wait_gone('Pages', role='list')
        program.get('Width of the List', role='separator')
        program.resize(360, 640)
        program.wait_gone('Width of the List', role='separator')

        program.key('ctrl+k')
        program.get('Found', role='list')
        program.type('agaoglu')
        program.get('Ağaoğlu Gıda', role='list item', selected=True)
        program.key('Return')
        program.wait_gone('Clients', role='label')
        program.get('Back', role='push button')
        self.check_names()
        program.key('Escape')
        program.get('Clients', role='label')
        until(lambda: program.focused() is not None and program.focused().role == 'list item', 'the keyboard at the row')

    def test_edge_of_the_list_moves_by_keyboard_and_stays(self):
        self.add_client('Ağaoğlu Gıda')
        program = self.start()
        program.row('Ağaoğlu Gıda')
        handle = program.get('Width of the List', role='separator')
        place = handle.extents[0]
        program.point(handle)
        until(lambda: handle.has('focused'), 'the edge to have the focus')
        program.key('Left', 'Left', 'Left')
        place -= 3 * 16
        until(lambda: handle.extents[0] == place, 'the edge to move to the left by three steps')
        program.quit()

        program = self.start()
        program.row('Ağaoğlu Gıda')
        until(lambda: program.get('Width of the List', role='separator').extents[0] == place, 'the edge where it was left')

    def test_history_takes_back(self):
        self.add_client('Ağaoğlu Gıda')
        self.add_client('Çınar Tekstil')
        program = self.start()
        program.row('Çınar Tekstil')
        program.key('ctrl+h')
        program.click('Take Back: New Çınar Tekstil')
        program.get('taken back')
        program.key('Escape')
        program.wait_row_gone('Çınar Tekstil')
        program.row('Ağaoğlu Gıda')
        program.key('ctrl+shift+z')
        program.row('Çınar Tekstil')

    def test_undo_takes_back_typing_before_steps(self):
        self.add_client('Ağaoğlu Gıda')
        self.add_client('Çınar Tekstil')
        program = self.start()
        program.row('Çınar Tekstil')
        program.key('ctrl+f')
        program.type('cinar')
        program.wait_row_gone('Ağaoğlu Gıda')
        program.key('ctrl+z')
        program.row('Ağaoğlu Gıda')
        program.row('Çınar Tekstil')
        program.key('ctrl+z')
        program.wait_row_gone('Çınar Tekstil')
        program.row('Ağaoğlu Gıda')

    def test_long_undo_can_be_cancelled(self):
        self.add_client('Ağaoğlu Gıda')
        self.add_client('Çınar Tekstil')
        program = self.start()
        program.row('Çınar Tekstil')
        with self.write_lock():
            program.key('ctrl+z')
            program.get('Taking Back')
            program.click('Cancel', role='push button')
            program.wait_gone('Taking Back')
        program.row('Çınar Tekstil')
        program.key('ctrl+z')
        program.wait_row_gone('Çınar Tekstil')
        program.row('Ağaoğlu Gıda')
        with self.write_lock():
            program.key('ctrl+shift+z')
            program.get('Doing Again')
            program.click('Cancel', role='push button')
            program.wait_gone('Doing Again')
        self.assertNotIn('Çınar Tekstil', self.command('list', 'client', '--csv'))
        program.key('ctrl+shift+z')
        program.row('Çınar Tekstil')

    def test_long_undo_in_the_history_can_be_cancelled(self):
        self.add_client('Ağaoğlu Gıda')
        program = self.start()
        program.row('Ağaoğlu Gıda')
        program.key('ctrl+h')
        program.get('Take Back: New Ağaoğlu Gıda')
        with self.write_lock():
            program.click('Take Back: New Ağaoğlu Gıda')
            program.get('Taking Back')
            program.click('Cancel', role='push button')
            program.wait_gone('Taking Back')
        program.click('Take Back: New Ağaoğlu Gıda')
        program.get('taken back')

    def test_damaged_base_offers_its_backup(self):
        self.add_client('Ağaoğlu Gıda')
        self.command('backup', os.path.join(self.home, 'kept.db'))
        backups = os.path.join(os.path.dirname(self.database), 'backups')
        os.makedirs(backups, exist_ok=True)
        os.rename(os.path.join(self.home, 'kept.db'), os.path.join(backups, 'crm.db-20260102T030405Z-daily.db'))
        for tail in ('-wal', '-shm'):
            if os.path.exists(self.database + tail):
                os.unlink(self.database + tail)
        damaged = b'nothing of a database is left' * 1000
        with open(self.database, 'wb') as file:
            file.write(b'SQLite format 3\0' + damaged)

        program = self.start()
        program.get('Restore This Backup', role='push button')
        self.check_names()
        program.click('Restore This Backup', role='push button')
        program.row('Ağaoğlu Gıda')
        kept = [name for name in os.listdir(os.path.dirname(self.database)) if '.replaced-' in name]
        self.assertEqual(len(kept), 1)
        with open(os.path.join(os.path.dirname(self.database), kept[0]), 'rb') as file:
            self.assertIn(damaged, file.read())

    def test_each_base_has_its_window(self):
        program = self.start()
        program.get('No Clients Yet')
        other = crm_ui.Program(self.desktop, ['--database', os.path.join(self.home, 'other.db')], self.environment)
        try:
            other.get('No Clients Yet')
            self.assertIsNone(program.process.poll())
        finally:
            other.kill()

    def test_base_in_use_says_so_and_tries_again(self):
        self.add_client('Ağaoğlu Gıda')
        # As the window of another session, or of another machine, holds it
        with open(self.database + '.lock', 'r+b') as lock:
            held = struct.pack('hhqqi', fcntl.F_WRLCK, os.SEEK_SET, 0, 1, 0)
            fcntl.fcntl(lock, fcntl.F_OFD_SETLK, held)
            program = self.start()
            program.get('The Client Base Is in Use')
            self.assertIsNone(program.find('Restore This Backup', role='push button'))
        program.click('Try Again', role='push button')
        program.row('Ağaoğlu Gıda')

    def test_saved_views_are_in_the_sidebar(self):
        self.add_client('Ağaoğlu Gıda')
        self.command('set', 'client', 'name=Çınar Tekstil', 'kind=key_client')
        for place, name in enumerate(('First view', 'Second view'), 1):
            query = '{"filters":[{"field":"kind","op":"is","values":["key_client"]}]}'
            self.command('set', 'saved_view', 'name=' + name, 'entity=client', f'place={place}', 'query=' + query)
        program = self.start()
        program.row('Ağaoğlu Gıda')
        pages = program.get('Pages', role='list')
        names = lambda: [node.name for node in pages.children()]
        until(lambda: names() == ['Today', 'Clients', 'People', 'First view', 'Second view', 'Trash'], 'the views between the pages')

        program.key('ctrl+4')
        program.wait_row_gone('Ağaoğlu Gıda')
        program.row('Çınar Tekstil')
        program.point(program.get('First view', role='list item'), button=3)
        program.click('Move Down')
        until(lambda: names() == ['Today', 'Clients', 'People', 'Second view', 'First view', 'Trash'], 'the view to be further down')
        program.point(program.get('First view', role='list item'), button=3)
        program.click('Rename…')
        program.get('Rename the View')
        program.key('ctrl+a')
        program.type('Big ones')
        program.key('Return')
        until(lambda: names() == ['Today', 'Clients', 'People', 'Second view', 'Big ones', 'Trash'], 'the new name of the view')
        program.point(program.get('Big ones', role='list item'), button=3)
        program.click('Delete')
        until(lambda: names() == ['Today', 'Clients', 'People', 'Second view', 'Trash'], 'the view to be gone')
        program.click('Undo', role='push button')
        until(lambda: 'Big ones' in names(), 'the view to be back')
        program.key('ctrl+2')
        program.row('Ağaoğlu Gıda')

    def test_foreign_base_is_refused_and_kept(self):
        path = os.path.join(self.home, 'foreign.db')
        with sqlite3.connect(path) as foreign:
            foreign.execute('CREATE TABLE client (name TEXT)')
        foreign.close()
        with open(path, 'rb') as file:
            before = file.read()
        program = self.start('--database', path)
        program.get('This Is Not a Client Base')
        program.quit()
        with open(path, 'rb') as file:
            self.assertEqual(file.read(), before)

    def test_missing_base_is_not_replaced_by_an_empty_one(self):
        self.add_client('Ağaoğlu Gıda')
        backups = os.path.join(os.path.dirname(self.database), 'backups')
        os.makedirs(backups, exist_ok=True)
        self.command('backup', os.path.join(backups, 'crm.db-20260102T030405Z-daily.db'))
        for tail in ('', '-wal', '-shm'):
            if os.path.exists(self.database + tail):
                os.unlink(self.database + tail)
        program = self.start()
        program.get('The Client Base Is Missing')
        self.assertFalse(os.path.exists(self.database))
        program.click('Restore This Backup', role='push button')
        program.row('Ağaoğlu Gıda')


if __name__ == '__main__':
    crm_ui.main()
