"""The search in the header of a school's pages: people, pairs, pages, help. It reads only."""
