"""«Бумаги»: papers made from what the site holds, drawn, downloaded, signed."""
