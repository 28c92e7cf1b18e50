# What ./vigie and ./bench share, to be sourced with $here set to the checkout: finds a JDK 21 or later, builds the program on
# first use, and keeps warm class caches. Afterwards $java starts Java, $jar is the program, and $quiet, $short and $round are
# options for it. Every start runs through here: where the shell can do it itself, no other process is started.

jar=$here/target/vigie.jar
cache=$here/.vigie-cache

die() { printf 'vigie: %s\n' "$*" >&2; exit 3; }

# Reads the release file of the JDK in folder $1: $major and $build; $major is 0 if there is none.
read_jdk() {
  local line version='' maker=''
  major=0 build=''
  [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
  while IFS= read -r line || [ -n "$line" ]; do
    line=${line//\"/}
    case $line in
      JAVA_VERSION=*) version=${line#*=}; version=${version#1.}; major=${version%%[!0-9]*} ;;
      JAVA_RUNTIME_VERSION=*) build=${line#*=} ;;
      IMPLEMENTOR=*) maker=${line#*=} ;;
    esac
  done < "$1/release"
  build=$maker-$build
  build=${build//[!A-Za-z0-9.-]/_}
  [ -n "$major" ] || major=0
}

# Sets $jdk, $major and $build; $jdk is empty if there is none.
find_jdk() {
  local path_java='' folder best='' best_major=0
  for folder in "${VIGIE_JAVA_HOME:-}" "${JAVA_HOME:-}"; do
    if [ -n "$folder" ]; then
      read_jdk "$folder"
      if [ "$major" -ge 21 ]; then jdk=$folder; return; fi
    fi
  done
  # Where bash remembers what it found on the PATH, without another process; older ones do not.
  ! hash java 2>/dev/null || path_java=${BASH_CMDS[java]:-$(command -v java)}
  if [ -n "$path_java" ]; then
    [ ! -L "$path_java" ] || path_java=$(readlink -f "$path_java" 2>/dev/null) || path_java=/
    folder=${path_java%/*}
    folder=${folder%/*}
    read_jdk "$folder"
    if [ "$major" -ge 21 ]; then jdk=$folder; return; fi
  fi
  for folder in /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* \
                /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    read_jdk "$folder"
    if [ "$major" -ge 21 ] && [ "$major" -gt "$best_major" ]; then best=$folder; best_major=$major; fi
  done
  jdk=$best
  [ -z "$jdk" ] || read_jdk "$jdk"
}

find_jdk
[ -n "$jdk" ] || die "no JDK 21 or later found (looked at VIGIE_JAVA_HOME, JAVA_HOME, PATH and the usual folders): install one, or set VIGIE_JAVA_HOME to its folder"
java=$jdk/bin/java

# --- build, once -------------------------------------------------------------------------------------------------

stale() {
  local newer=''
  [ -f "$jar" ] || return 0
  read -r newer < <(find "$here/pom.xml" "$here/src/main" -newer "$jar" -print 2>/dev/null) || true
  [ -n "$newer" ]
}

alive() { kill -0 "$1" 2>/dev/null || [ -d "/proc/$1" ]; } # kill also fails on a process of another user

# Waits for this checkout's lock, and takes over that of a dead process. False if nothing can be written here.
lock() {
  local waited=0 nobody=0 owner
  mkdir -p "$cache" 2>/dev/null && [ -w "$cache" ] || return 1
  until mkdir "$cache/lock" 2>/dev/null; do
    owner=$(cat "$cache/lock/pid" 2>/dev/null || true)
    # Killed before it wrote its name, if that lasts.
    if [ -z "$owner" ]; then nobody=$((nobody + 1)); else nobody=0; fi
    # Our own number is that of a dead process, too: a container starts with the same ones again.
    if [ "$nobody" -gt 5 ] || { [ -n "$owner" ] && { [ "$owner" = $$ ] || ! alive "$owner"; }; }; then
      # Of several that see the same dead owner one makes this folder; and the owner may have changed in between.
      if mkdir "$cache/lock/after-$owner" 2>/dev/null; then
        [ "$(cat "$cache/lock/pid" 2>/dev/null || true)" != "$owner" ] || break
        rmdir "$cache/lock/after-$owner" 2>/dev/null || true
      fi
    fi
    [ "$waited" -lt 600 ] || die "another vigie has been building for ten minutes; if none is running, remove $cache/lock"
    waited=$((waited + 1)); sleep 1
  done
  printf '%s' $$ > "$cache/lock/pid"
  trap 'rm -rf "$cache/lock" ${scratch:+"$scratch"}' EXIT
  # Java ends of its own accord on Ctrl-C, and the shell would go on as if it had merely failed.
  trap 'exit 130' INT
}
unlock() { rm -rf "$cache/lock"; trap - EXIT INT; }

# An older program is better than none where nothing can be built.
if stale && { [ -w "$here" ] || [ ! -f "$jar" ]; }; then
  command -v mvn >/dev/null 2>&1 || die "Maven is needed to build the program on first use: install it (mvn must be on the PATH) and try again"
  lock || die "the program is not built yet, and $here cannot be written: run it once as the owner of that folder"
  if stale; then
    printf 'vigie: building, once (a minute or two the first time) …\n' >&2
    log=$cache/build.log
    # Without </dev/null Maven could swallow what was piped to the program.
    if ! (cd -- "$here" && JAVA_HOME=$jdk PATH="$jdk/bin:$PATH" \
        mvn -B -q -DskipTests -Dspotless.check.skip=true package </dev/null >"$log" 2>&1); then
      tail -n 25 "$log" >&2
      die "the build failed; the whole log stands in $log"
    fi
    [ -f "$jar" ] || die "the build made no $jar; its log stands in $log"
    touch "$jar"
  fi
  unlock
fi

# --- class caches: AOT caches from JDK 25 on, AppCDS archives before ---------------------------------------------

# Logging of the Java machine goes to stdout by default and would corrupt piped output.
# The jar allows itself what SQLite's library needs, but a cache asks whether the words of the command line are the same.
quiet=(-Xlog:disable -Xlog:all=error:stderr --enable-native-access=ALL-UNNAMED)
# Native accessors: a method handle for each of a command's fields takes longer than it can save in a short run.
# Nor do they watch themselves, or learn from training for a compiler that they never reach; and memory comes in large pages.
short=(-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:+UseSerialGC -XX:TieredStopAtLevel=1
  -Djdk.reflect.useNativeAccessorOnly=true -XX:-UsePerfData -XX:-AOTReplayTraining -XX:+UseTransparentHugePages)
# Most rounds are over before Java's second compiler has earned what it costs.
round=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m)
kind=jsa
[ "$major" -lt 25 ] || kind=aot
# Each class in a cache makes every start with it slower: what only others need is kept away from a search.
search_cache=$cache/vigie-search-$build.$kind
work_cache=$cache/vigie-work-$build.$kind

# Runs the program, and keeps in file $1 what it loaded. Failing costs nothing but speed: an empty file says so.
record() {
  local file=$1 make=-XX:ArchiveClassesAtExit
  shift
  [ "$major" -lt 25 ] || make=-XX:AOTCacheOutput
  "$java" "${quiet[@]}" "${short[@]}" "$make=$file.new" -jar "$jar" "$@" </dev/null >/dev/null 2>&1 || rm -f "$file.new"
  rm -f "$file.new.config"
  if [ -s "$file.new" ]; then mv -f "$file.new" "$file"; else : > "$file"; fi
}

# Trains work on the demo, and searches on its home with many more calls.
train() {
  local file
  # Those of another JDK stay: a cron job may use another one than a terminal does.
  for file in "$cache"/vigie-*; do
    case $file in
      *".$kind.new"* | *"-$build.$kind") rm -f "$file" ;;
      *) { is_placed && is_fresh "$file"; } || rm -f "$file" ;;
    esac
  done
  scratch=$(mktemp -d) || return 0
  record "$work_cache" demo --keep "$scratch/home"
  "$java" "${quiet[@]}" "${short[@]}" -jar "$jar" --home "$scratch/home" warm-up --prepare </dev/null >/dev/null 2>&1 || true
  record "$search_cache" --home "$scratch/home" warm-up
  rm -rf "$scratch"
  scratch=
  printf '%s' "$jar" > "$cache/trained-at"
}

# Java refuses a cache that is older than the jar, or whose jar lay elsewhere, or that was made with other options: a moved
# checkout trains anew, and so does one whose launcher changed.
trained() { is_placed && is_fresh "$search_cache" && is_fresh "$work_cache"; }
is_fresh() { [ -e "$1" ] && [ ! "$jar" -nt "$1" ] && [ ! "$here/launcher.sh" -nt "$1" ]; }
is_placed() {
  local place=''
  [ -r "$cache/trained-at" ] || return 1
  IFS= read -r place < "$cache/trained-at" || true
  [ "$place" = "$jar" ]
}
if ! trained && lock; then
  trained || train || true
  unlock
fi

# Sets $use: options to start with the cache in file $1, if there is one.
with_cache() {
  use=()
  [ -s "$1" ] || return 0
  if [ "$major" -ge 25 ]; then
    use=(-XX:AOTCache="$1" -Xlog:aot*=off:stderr)
  else
    use=(-XX:SharedArchiveFile="$1" -Xshare:auto -Xlog:cds*=off:stderr)
  fi
  # Moving the cache to a random address costs more than reading it.
  use+=(-XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0)
}
