#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is to be done, on the card: the next step and other tasks set, done, snoozed and edited in place; and all of it taken back."""
import re

import crm_records
import crm_ui
from crm_ui import until

CLIENT = 'Kuzey Nakliyat'


class TasksTest(crm_records.RecordsTest):

    def open_client(self):
        self.program = self.start()
        self.program.click(re.compile('^' + CLIENT), role='list item')
        return self.program

    def press(self, name):
        """A button in a popover, where places are not told."""
        until(lambda: any(node.name == name and node.role == 'push button' and node.press() for node in self.program.root.walk()), name)

    def write(self, label, text):
        field = self.program.get(label, role='text')
        self.program.point(field)
        self.program.key('ctrl+a')
        self.program.type(text)
        until(lambda: self.program.get(label, role='text').text == text, f'{text!r} in {label}')


class NextStep(TasksTest):

    def test_step_is_set_done_and_followed_by_the_next(self):
        self.add('client', name=CLIENT)
        program = self.open_client()
        self.write('Set the next step', 'Call them')
        program.key('Return')
        self.write('When it is due', 'tomorrow 9:00')
        program.get(re.compile('^tomorrow 09:00$'), role='label')
        program.key('Return')
        program.get('Next step · tomorrow 09:00')
        self.await_query("SELECT name, next, time, due = date ('now', 'localtime', '+1 day') FROM task", [('Call them', 1, '09:00', 1)])

        program.click('Done', role='push button')
        until(lambda: program.focused() and program.focused().name == 'Done. What comes next?', 'the cursor where the next step is typed')
        program.type('Send an offer')
        program.key('Return')
        program.type('bugun')
        program.key('Return')
        program.get('Next step · today')
        self.await_query('SELECT name FROM task WHERE done IS NULL', [('Send an offer',)])
        self.await_query('SELECT next_step FROM client', [('Send an offer',)])
        self.await_query('SELECT count (*) FROM draft', [(0,)])

        program.key('ctrl+z')
        self.await_query('SELECT next_step FROM client', [(None,)])
        program.key('ctrl+z')
        program.get('Next step · tomorrow 09:00')
        program.key('ctrl+z')
        self.await_query('SELECT count (*) FROM task', [(0,)])
        program.get('Set the next step', role='text')

    def test_step_is_snoozed_and_edited_in_place(self):
        self.add('client', name=CLIENT)
        self.add('task', name='Call them', client=CLIENT, next='yes', due='2 days late')
        program = self.open_client()
        program.get('Next step · 2 days late')
        program.click('Snooze', role='push button')
        self.press('Tomorrow')
        program.get('Next step · 2 days late · snoozed until tomorrow')
        self.await_query("SELECT snooze = date ('now', 'localtime', '+1 day') FROM task", [(1,)])

        program.click('Edit the next step', role='push button')
        self.write('What is to be done', 'Write to them')
        self.write('When it is due', 'nonsense')
        program.key('Return')
        program.get(re.compile('^“nonsense” is no day'))
        self.write('When it is due', 'today')
        program.key('Return')
        program.get('Write to them')
        self.await_query("SELECT name, due = date ('now', 'localtime') FROM task", [('Write to them', 1)])
        program.key('ctrl+z', 'ctrl+z')
        self.await_query('SELECT name, snooze FROM task', [('Call them', None)])

    def test_what_is_typed_survives_kill(self):
        self.add('client', name=CLIENT)
        program = self.open_client()
        self.write('Set the next step', 'Call')
        self.await_query("SELECT value FROM draft WHERE field = 'next-step-name'", [('Call',)])
        program.kill()
        program = self.open_client()
        until(lambda: program.get('Set the next step', role='text').text == 'Call', 'what was typed')


class Others(TasksTest):

    def test_task_is_added_opened_done_and_undone(self):
        self.add('client', name=CLIENT)
        self.add('task', name='Call them', client=CLIENT, next='yes')
        program = self.open_client()
        program.click('Add a Task', role='list item')
        self.write('What is to be done', 'Send the catalogue')
        self.write('When it is due', '2 weeks')
        program.key('Return')
        program.get('Done: Send the catalogue', role='push button')
        self.await_query('SELECT next FROM task WHERE name = \'Send the catalogue\'', [(0,)])
        program.click('Done: Send the catalogue', role='push button')
        program.wait_gone('Done: Send the catalogue', role='push button')
        program.get('Next step')
        program.key('ctrl+z')
        program.get('Done: Send the catalogue', role='push button')

    def test_person_has_tasks(self):
        self.add('person', name='Ali Demir')
        self.add('task', name='Congratulate', person='Ali Demir', due='today')
        program = self.program = self.start()
        program.key('ctrl+3')
        program.click(re.compile('^Ali Demir'), role='list item')
        program.click('Done: Congratulate', role='push button')
        self.await_query('SELECT done IS NOT NULL FROM task', [(1,)])

    def test_what_is_typed_of_somebody_erased_goes(self):
        self.add('client', name=CLIENT)
        person = self.add('person', name='Ali Demir')
        self.add('task', name='Congratulate', client=CLIENT, person='Ali Demir', due='today')
        program = self.open_client()
        program.click(re.compile('^Congratulate'), role='list item')
        program.point(program.get('What is to be done', role='text'))
        program.key('End')
        program.type(' wexumal')
        self.await_query("SELECT value FROM draft", [('Congratulate wexumal',)])
        self.command('erase', person, '--yes', '--delete-backups')
        until(lambda: program.get('What is to be done', role='text').text == '…', 'the title without what it told')
        program.quit()
        self.await_query('SELECT (SELECT count (*) FROM draft), name FROM task', [(0, '…')])


if __name__ == '__main__':
    crm_ui.main()
