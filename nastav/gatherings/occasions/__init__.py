"""Участие наставляемых в жизни школы (п. 2.2 of the order): events, and who took part in them."""
