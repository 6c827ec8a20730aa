"""Check gold files and print their claims: python -m gold [FILE ...]."""

import sys
from pathlib import Path

from gold.reading import FOLDER, PARTS, GoldError, marked, read


def main(paths: list[Path]) -> int:
    """Print the claims of each file and what is wrong with it. Return how many files are wrong."""
    wrong = 0
    for path in paths:
        try:
            row = read(path)
        except GoldError as error:
            wrong += 1
            print(error)
            continue
        print(f"\n{row['id']}: {len(row['text'].split())} words, {len(row['attributions'])} claims")
        print("\n".join(marked(row)))
    print(f"\n{len(paths)} files, {wrong} wrong")
    return wrong


if __name__ == "__main__":
    given = [Path(argument) for argument in sys.argv[1:]]
    sys.exit(main(given or sorted(path for part in PARTS for path in (FOLDER / part).glob("*.toml"))) > 0)
