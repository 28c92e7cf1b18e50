#!/usr/bin/env python3
"""Makes the screenshots of the demo's mails that stand in README and docs/mail-templates.md.

    src/test/scripts/screenshots.py [FOLDER]        default: docs/images

Runs ./vigie demo, takes the HTML part of each mail, and lets headless Chromium draw it at 600 and 360 pixels, light and dark.
Needs chromium on the PATH; nothing is loaded from the network.
"""
import email
import email.policy
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[3]
WIDTHS = (600, 360)
CHROMIUM = next((shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome") if shutil.which(name)), None)


def main():
    if CHROMIUM is None:
        sys.exit("screenshots: install chromium first (Debian: apt-get install chromium)")
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "images"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        home = work / "demo"
        subprocess.run([str(ROOT / "vigie"), "demo", "--keep", str(home)], check=True, stdout=subprocess.DEVNULL)
        for language, html in mails(home / "data" / "outbox").items():
            page = work / f"{language}.html"
            page.write_text(html, encoding="utf-8")
            for width in WIDTHS:
                height = height_of(page, width, work)
                for scheme in ("light", "dark"):
                    file = target / f"mail-{language}-{width}-{scheme}.png"
                    draw(page, file, width, height, scheme, work)
                    print(file)


def mails(outbox):
    """The longest mail in each language, as HTML."""
    found = {}
    for file in sorted(outbox.glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        html = message.get_body(("html",)).get_content()
        language = re.search(r'<html lang="(\w+)"', html).group(1)
        if len(html) > len(found.get(language, "")):
            found[language] = html
    return found


def height_of(page, width, work):
    """Asks the browser itself, by a script in a copy: the mail has none."""
    probe = work / "probe.html"
    # A narrow window is not drawn narrower than some 500 pixels; a frame is.
    probe.write_text(
        f'<iframe id="f" style="width:{width}px;height:10px;border:0" src="{page.name}"></iframe><script>'
        "document.getElementById('f').onload=e=>{document.title='h'+e.target.contentDocument.documentElement.scrollHeight}"
        "</script>", encoding="utf-8")
    dom = run(work, "--allow-file-access-from-files", "--virtual-time-budget=2000", "--dump-dom", probe.as_uri())
    return int(re.search(r"<title>h(\d+)", dom).group(1))


def draw(page, file, width, height, scheme, work):
    frame = work / "frame.html"
    frame.write_text(
        f'<body style="margin:0"><iframe style="width:{width}px;height:{height}px;border:0" src="{page.name}"></iframe>', encoding="utf-8")
    dark = ["--force-dark-mode", "--blink-settings=preferredColorScheme=0"] if scheme == "dark" else []
    run(work, *dark, "--hide-scrollbars", f"--window-size={width},{height}", f"--screenshot={file}", frame.as_uri())


def run(work, *arguments):
    command = [
        CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={work / 'profile'}", *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout


main()
