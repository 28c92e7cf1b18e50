#!/bin/bash
# Sends digests through Debian's OpenSMTPD on loopback, and compares what lies in the mailboxes with what the ledger says.
# By hand, as root, on a machine where no other smtpd runs: src/test/scripts/opensmtpd.sh [MEMBERS]   (see docs/opensmtpd.md)
# Ends by itself, and ends nothing that it has not started.
set -euo pipefail

members=${1:-250}
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
port=2525
work=$(mktemp -d "${TMPDIR:-/tmp}/vigie-opensmtpd.XXXXXX")
server=''

finish() {
  stop_server
  [ -n "${KEEP:-}" ] || rm -rf "$work"
}
trap finish EXIT

die() { printf 'opensmtpd.sh: %s\n' "$*" >&2; exit 1; }

[ "$(id -u)" = 0 ] || die 'smtpd starts as root only'
command -v python3 > /dev/null || die 'python3 is needed to compare'

install_server() {
  command -v smtpd > /dev/null && return
  # The package would start a server of its own; this is how Debian is told not to.
  local policy=''
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    policy=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' > "$policy"
    chmod +x "$policy"
  fi
  local failed=''
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends opensmtpd > "$work/apt.log" 2>&1 || failed=1
  [ -z "$policy" ] || rm -f "$policy"
  [ -z "$failed" ] || { tail -5 "$work/apt.log" >&2; die 'opensmtpd could not be installed'; }
}

start_server() {
  smtpd -d -f "$work/smtpd.conf" >> "$work/smtpd.log" 2>&1 &
  server=$!
  for _ in $(seq 100); do
    if (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; then return; fi
    kill -0 "$server" 2> /dev/null || { cat "$work/smtpd.log" >&2; die 'smtpd did not start'; }
    sleep 0.1
  done
  die 'smtpd does not listen'
}

stop_server() {
  [ -z "$server" ] || { kill "$server" 2> /dev/null || true; wait "$server" 2> /dev/null || true; }
  server=''
}

vigie() { "$here/vigie" --home "$work/home" --ui-lang en "$@"; }

publish() { # deadline of the one call
  cat > "$work/home/calls.xml" << XML
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel><title>Appels</title><link>https://calls.example.org/</link>
<item><guid isPermaLink="false">residence</guid><title>Résidence à Bruxelles</title><link>https://calls.example.org/residence</link>
<description>Date limite : $1 à 17 h 00.</description></item></channel></rss>
XML
}

# Waits for the queue to be empty, then compares: every mailbox, every Message-ID once, every line of the ledger.
compare() { # revision that everybody was told
  for _ in $(seq 300); do
    [ -n "$(find /var/spool/smtpd/queue -type f 2> /dev/null | head -1)" ] || break
    sleep 0.1
  done
  python3 - "$work" "$members" "$1" << 'PY'
import collections, email, email.policy, pathlib, sqlite3, sys
work, members, revision = pathlib.Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
mails = [email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
         for file in work.glob('mail/*/new/*')]
ids = collections.Counter(mail['Message-ID'] for mail in mails)
db = sqlite3.connect(work / 'home/data/members.db')
sent = dict(db.execute("SELECT message_id, recipient FROM edition JOIN message ON edition_id = id WHERE state = 'sent'"))
told = {row[0] for row in db.execute("SELECT recipient FROM ledger WHERE state = 'told' AND revision = ?", (revision,))}
people = [f'member{i}@example.org' for i in range(members)] + ['list:all']
wrong = []
if set(ids) != set(sent): wrong.append(f'{len(set(sent) - set(ids))} missing, {len(set(ids) - set(sent))} unknown')
if any(count > 1 for count in ids.values()): wrong.append(f'{sum(c - 1 for c in ids.values())} doubles')
if told != set(people): wrong.append(f'the ledger has {len(told)} of {len(people)} recipients at revision {revision}')
for mail in mails:
    to = sent.get(mail['Message-ID'], '')
    if mail['To'] != ('liste@example.org' if to == 'list:all' else to): wrong.append(f'{mail["To"]} got the mail of {to}')
    if (mail['List-Unsubscribe'] is None) != (to == 'list:all'): wrong.append(f'headers of the mail to {to}')
    if 'Résidence à Bruxelles' not in mail.get_body(('plain',)).get_content(): wrong.append(f'the text of the mail to {to}')
print(f'  {len(mails)} mails in {len(list(work.glob("mail/*")))} mailboxes, {len(sent)} sent, {len(told)} told at revision {revision}'
      + (': ' + '; '.join(wrong[:5]) if wrong else ': they agree'))
sys.exit(1 if wrong else 0)
PY
}

install_server
! pidof smtpd > /dev/null || die 'an smtpd runs already; it is not touched, and two cannot run'

mkdir -p "$work/home" "$work/mail"
chmod 755 "$work"
chown nobody "$work/mail"
cat > "$work/smtpd.conf" << CONF
table people { "@example.org" = nobody }
listen on 127.0.0.1 port $port hostname mx.example.org
action keep maildir "$work/mail/%{rcpt.user}" virtual <people>
match from any for domain "example.org" action keep
CONF
cat > "$work/home/feeds.yaml" << YAML
contact: "https://vigie.example.org, vigie@example.org"
sources:
  - { id: calls, type: rss, url: "file:calls.xml", languages: [fr], level: community }
YAML
cat > "$work/home/vigie.yaml" << YAML
mail: { host: 127.0.0.1, port: $port, tls: none, from: "Vigie <vigie@example.org>" }
YAML
{
  printf 'groups:\n  - id: all\n    languages: [fr]\n    profiles: [ { id: p, query: "*" } ]\n'
  printf '    channels: [ { type: mail }, { type: list, address: liste@example.org } ]\n    members:\n'
  for i in $(seq 0 $((members - 1))); do
    printf '      - { mail: member%d@example.org, consent: { how: paper, date: 2026-10-01 } }\n' "$i"
  done
} > "$work/home/groups.yaml"

next=$(date -d '+40 days' +'%d/%m/%Y')
later=$(date -d '+50 days' +'%d/%m/%Y')
publish "$next"
vigie group import "$work/home/groups.yaml" --yes > /dev/null 2>&1
vigie fetch --all > /dev/null 2>&1

start_server
printf '%s: %d members and a list\n' "$(smtpd -h 2>&1 | sed -n 's/^version: *//p' | head -1)" "$members"
begin=$(date +%s%3N)
vigie digest send --format json > "$work/first.json" 2> "$work/first.err" || { cat "$work/first.err" >&2; die 'the first sending failed'; }
printf "  sent in %d ms\n" $(($(date +%s%3N) - begin))
compare 1

echo 'the date moves while the server is down'
stop_server
publish "$later"
vigie fetch --all > /dev/null 2>&1
code=0
vigie digest send --format json > "$work/down.json" 2> "$work/down.err" || code=$?
[ "$code" = 3 ] || die "with the server down, exit code $code instead of 3"
sed -n 's/^/  /p' "$work/down.err" | head -2
start_server
vigie digest send --format json > "$work/second.json" 2> "$work/second.err" || { cat "$work/second.err" >&2; die 'the second sending failed'; }
compare 2

echo 'a third sending has nothing to say'
vigie digest send > /dev/null 2>&1
compare 2
