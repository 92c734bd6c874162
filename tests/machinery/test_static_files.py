"""A module names the others it imports by what is in them: yesterday's never meets today's."""

import re
from pathlib import Path

from kortrijk_gebied.static_files import ModuleStorage

DEEP = 9


def collected(folder: Path) -> dict[str, str]:
    """The name under which each file is served, after a chain of modules was collected."""
    storage = ModuleStorage(location=str(folder), base_url="/static/")
    names = sorted(path.name for path in folder.iterdir())
    found = {name: new for name, new, _done in storage.post_process({name: (storage, name) for name in names}) if new}
    return {name: found[name] for name in names if name.endswith(".js")}


class TestModules:
    def test_import_each_other_by_their_served_names_however_deep(self, tmp_path: Path) -> None:
        for number in range(DEEP):
            imports = f'import {{ say }} from "./m{number + 1}.js";\n' if number < DEEP - 1 else ""
            (tmp_path / f"m{number}.js").write_text(f"{imports}export const say = {number};\n")
        before = collected(tmp_path)
        for number in range(DEEP - 1):
            served = (tmp_path / before[f"m{number}.js"]).read_text()
            assert re.findall(r'from "\./(.*)"', served) == [before[f"m{number + 1}.js"]]

    def test_get_another_name_when_one_below_them_changes(self, tmp_path: Path) -> None:
        (tmp_path / "a.js").write_text('import { say } from "./b.js";\n')
        (tmp_path / "b.js").write_text("export const say = 1;\n")
        before = collected(tmp_path)["a.js"]
        (tmp_path / "b.js").write_text("export const say = 2;\n")
        assert collected(tmp_path)["a.js"] != before
