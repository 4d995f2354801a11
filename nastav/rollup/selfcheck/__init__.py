"""«Самопроверка района»: what «Проверьте и отправьте» says of every stage of every school, by weight."""
