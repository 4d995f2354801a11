"""Ссылки на анкету: one-time links for a class that has computers, and a ballot box for the answers.

How an answer is kept from its person (docs/decisions/0006-ballot-box.md): the link knows only that it was
used; the ballot has a random id and no time, user, address or link; the box is opened once, with five
ballots or more, and only then ballots become responses, in the order of their random ids.
"""
