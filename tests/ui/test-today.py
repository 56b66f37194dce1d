#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the day: each of its sections dealt with in place, and all of it taken back."""
import datetime
import re

import crm_records
import crm_ui
from crm_ui import until

CLIENT = 'Kuzey Nakliyat'


class TodayTest(crm_records.RecordsTest):

    page = 'today'

    def press(self, name):
        """A button in a popover, where places are not told."""
        until(lambda: any(node.name == name and node.role == 'push button' and node.press() for node in self.program.root.walk()), name)

    def snooze(self, row, choice):
        self.program.click('Snooze', role='push button', within=self.program.get(row, role='list item'))
        self.press(choice)


class Tasks(TodayTest):

    def test_next_step_is_done_and_asks_for_the_next(self):
        self.add('client', name=CLIENT, grade='A')
        self.add('task', name='call', client=CLIENT, next='yes', due='2 days late')
        program = self.start()
        program.get('Late', role='label')
        program.get('2 days late', role='label')
        program.click(f'Done: {CLIENT}: call', role='push button')
        program.get(f'Done. What Comes Next at {CLIENT}?', role='label')
        until(lambda: program.focused() and program.focused().name == 'What is to be done', 'the cursor where the next step is typed')
        program.type('offer')
        program.key('Return')
        program.type('today')
        program.key('Return')
        program.get(f'{CLIENT}: offer', role='list item')
        self.await_query('SELECT next_step FROM client', [('offer',)])
        program.key('ctrl+z')
        self.await_query('SELECT next_step FROM client', [(None,)])
        program.key('ctrl+z')
        program.get(f'{CLIENT}: call', role='list item')

    def test_conversation_is_logged_from_the_row(self):
        self.add('client', name=CLIENT)
        self.add('task', name='call', client=CLIENT, next='yes', due='today')
        program = self.start()
        program.click(f'Log a Conversation: {CLIENT}: call', role='push button')
        until(lambda: any(node.has('focused') for node in program.all('Phone call')), 'the channels')
        program.key('2')
        until(lambda: any(node.has('focused') for node in program.all('What was said')), 'the text')
        program.key('ctrl+Return')
        self.await_query("SELECT outcome, client = (SELECT id FROM client) FROM interaction", [('no_answer', 1)])

    def test_task_is_snoozed(self):
        self.add('client', name=CLIENT, kind='former')
        self.add('task', name='order toner', due='today')
        program = self.start()
        self.snooze('order toner', 'In 2 Days')
        program.wait_gone('order toner', role='list item')
        program.get('Well Done')
        self.await_query("SELECT snooze = date ('now', 'localtime', '+2 days') FROM task", [(1,)])
        program.key('ctrl+z')
        program.get('order toner', role='list item')

    def test_other_process_is_followed(self):
        self.add('client', name=CLIENT)
        program = self.start()
        program.get(CLIENT, role='list item')
        self.add('task', name='order toner', due='today')
        program.get('order toner', role='list item')
        until(lambda: any(node.text == '1' for node in program.all(role='label', within=program.get('Pages', role='list'))), 'the number in the sidebar')


class Clients(TodayTest):

    def test_without_a_next_step_gets_one(self):
        self.add('client', name=CLIENT)
        program = self.start()
        program.get('No next step', role='label')
        program.click(f'Set the next step: {CLIENT}', role='push button')
        program.get(f'Next Step at {CLIENT}', role='label')
        program.type('visit')
        program.key('Return')
        program.type('yarin')
        program.key('Return')
        program.get(f'{CLIENT}: visit', role='list item')
        program.wait_gone('No next step', role='label')
        program.key('ctrl+z')
        program.get('No next step', role='label')
        self.snooze(CLIENT, 'Tomorrow')
        program.get(f'{CLIENT}: Get in touch', role='list item')

    def test_all_without_a_next_step_are_listed(self):
        for number in range(12):
            self.add('client', name=f'Firm {number}')
        self.add('client', name='Former', kind='former')
        program = self.start()
        program.click('Show All 12', role='list item')
        program.get(re.compile('^12 clients'))

    def test_silent_one_is_opened(self):
        self.add('client', name=CLIENT, kind='key_client', grade='A')
        past = datetime.datetime.utcnow() - datetime.timedelta(days=41)
        self.add('interaction', client=CLIENT, at=past.strftime('%Y-%m-%dT%H:%M:%SZ'), outcome='reached')
        program = self.start()
        program.get('Gone Quiet', role='label')
        program.get(re.compile('^silent for 4[012] days'), role='label')
        program.get('grade A, usual rhythm 14 days', role='label')
        rows = program.all(CLIENT, role='list item')
        self.assertEqual(len(rows), 2)
        program.point(rows[1])
        program.get('Search clients')
        until(lambda: program.get('Name', role='text').text == CLIENT, 'the card')

    def test_birthday_without_a_year(self):
        tomorrow = datetime.date.today() + datetime.timedelta(days=1)
        self.add('client', name=CLIENT, kind='former')
        self.add('person', name='Ali Demir', birthday=tomorrow.strftime('--%m-%d'))
        self.add('person', name='Can Kaya', birthday=f'1980-{tomorrow:%m-%d}')
        program = self.start()
        program.get('Birthdays', role='label')
        program.get('Ali Demir', role='list item')
        program.get(f'turns {tomorrow.year - 1980}', role='label')


class Keys(TodayTest):

    def test_pages_and_search(self):
        self.add('client', name=CLIENT)
        program = self.start()
        program.get('Without a Next Step', role='label')
        program.key('ctrl+2')
        program.get('Search clients')
        program.key('ctrl+1')
        program.get('Without a Next Step', role='label')
        program.key('ctrl+f')
        until(lambda: program.focused() and program.focused().name == 'Search clients', 'the cursor in the search')

    def test_empty_base_begins_with_the_welcome(self):
        program = self.start()
        program.get('Clients', role='list item', selected=True)


if __name__ == '__main__':
    crm_ui.main()
