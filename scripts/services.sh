#!/usr/bin/env bash
# A private, real Postgres for the tests' second lane and, where there is one, a Redis that writes to no disk, on free ports
# of 127.0.0.1, in a temporary directory.
#   scripts/services.sh start   starts them and prints export lines: eval "$(scripts/services.sh start)"
#   scripts/services.sh env     prints them again
#   scripts/services.sh stop    stops them and removes what they wrote
#   scripts/services.sh check   says whether Postgres's programs are there (exit status 0 or 3); `check redis`, whether Redis's
# As root Postgres runs as "postgres" or "nobody". State is kept in $PHOENIX_SERVICES_DIR (default: one directory per user).
set -euo pipefail

state="${PHOENIX_SERVICES_DIR:-${TMPDIR:-/tmp}/phoenix-services-$(id -u)}"

# Prints the directory of the newest Postgres programs, Debian's or those on PATH.
programs() {
  local newest
  newest=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -t/ -k5,5n | tail -n 1) || true
  if [ -x "${newest:-}/initdb" ]; then echo "$newest"; return; fi
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then dirname "$(command -v initdb)"; return; fi
  echo "No Postgres here: neither /usr/lib/postgresql/*/bin nor initdb on PATH (Debian: apt-get install postgresql)." >&2
  return 3
}

# Runs a command as the account that owns the cluster, with an empty environment and outside of our directory.
as_owner() {
  local run=(env -i LC_ALL=C PATH=/usr/bin:/bin "$@")
  if [ "$(id -u)" != 0 ]; then (cd / && "${run[@]}"); return; fi
  (cd / && setpriv --reuid "$owner" --regid "$group" --clear-groups "${run[@]}")
}

owner=$(id -u)
group=$(id -g)
if [ "$owner" = 0 ]; then
  owner=$(id -u postgres 2>/dev/null || id -u nobody)
  group=$(id -g postgres 2>/dev/null || id -g nobody)
fi

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

print_env() {
  [ -f "$state/url" ] || { echo "Not running: scripts/services.sh start" >&2; exit 1; }
  echo "export TEST_DATABASE_URL=$(cat "$state/url")"
  if [ -f "$state/redis.url" ]; then echo "export TEST_REDIS_URL=$(cat "$state/redis.url")"; fi
}

has_redis() {
  command -v redis-server >/dev/null && return
  echo "No Redis here: no redis-server on PATH (Debian: apt-get install redis-server)." >&2
  return 3
}

start_redis() {
  local port password
  port=$(free_port)
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  # Settings by standard input: others see a process's arguments.
  printf '%s\n' "port $port" 'bind 127.0.0.1' "requirepass $password" 'save ""' 'appendonly no' 'daemonize yes' \
    "dir $state" "pidfile $state/redis.pid" "logfile $state/redis.log" | as_owner redis-server - >/dev/null
  until [ -f "$state/redis.pid" ]; do sleep 0.05; done
  (umask 077 && echo "redis://default:$password@127.0.0.1:$port" >"$state/redis.url")
}

start() {
  local bin port password
  bin=$(programs) || exit $?
  stop
  mkdir -m 700 "$state"
  if [ "$(id -u)" = 0 ]; then chown "$owner" "$state"; fi
  # By the socket in our private directory anyone who gets there is trusted; by TCP, where all users get, a password.
  as_owner "$bin/initdb" -D "$state/data" -U phoenix_owner --auth-local=trust --auth-host=scram-sha-256 \
    -E UTF8 --no-locale --no-sync >"$state/initdb.log" 2>&1 || { cat "$state/initdb.log" >&2; exit 1; }
  port=$(free_port)
  # fsync off: what the tests write is thrown away, and this lane is about another server, not about crashes.
  as_owner "$bin/pg_ctl" -D "$state/data" -l "$state/data/server.log" -w -t 60 -o \
    "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$state' -c fsync=off -c shared_buffers=64MB" \
    start >/dev/null || { cat "$state/data/server.log" >&2; exit 1; }
  password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  echo "CREATE ROLE phoenix LOGIN CREATEDB PASSWORD '$password'" |
    as_owner "$bin/psql" -q -v ON_ERROR_STOP=1 -h "$state" -p "$port" -U phoenix_owner -d postgres >/dev/null
  (umask 077 && echo "postgres://phoenix:$password@127.0.0.1:$port/postgres" >"$state/url")
  if has_redis 2>/dev/null; then start_redis; fi
  print_env
}

stop() {
  [ -d "$state" ] || return 0
  if [ -f "$state/data/postmaster.pid" ]; then
    as_owner "$(programs)/pg_ctl" -D "$state/data" -m fast -w stop >/dev/null || true
  fi
  # It has nothing to save, and nothing to end in order.
  if [ -f "$state/redis.pid" ]; then kill -9 "$(cat "$state/redis.pid")" || true; fi
  rm -rf "$state"
}

case "${1:-}" in
  start) start ;;
  stop) stop ;;
  env) print_env ;;
  check) if [ "${2:-}" = redis ]; then has_redis; else programs >/dev/null; fi ;;
  *) sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
esac
