#!/usr/bin/env bash
# Rehearses the topology of docker-compose.yml and of the nginx example without images: each part in a network namespace of its own, with the names of
# the compose file, the real program, the real PostgreSQL, Prometheus and nginx, and the files of this folder. As root, on a machine with ip, curl,
# openssl, nginx, postgresql and prometheus:  deploy/rehearse.sh PROGRAM   (PROGRAM: harrier.dll of a build). Prints one line for each check; exit code 1 when one failed.
set -euo pipefail

here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
program=$(readlink -f -- "${1:?path of harrier.dll}")
work=$(mktemp -d)
database=$(mktemp -d)
bin=$(compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1)
mark=hr$$
failed=0
started=()

in_place() { ip netns exec "$mark-$1" "${@:2}"; }

# begin PLACE COMMAND...: in the background, as a process that can be ended.
begin() {
  (exec ip netns exec "$mark-$1" "${@:2}") > "$work/$1.log" 2>&1 &
  started+=($!)
}

end() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
  for name in hub harrier prometheus edge client postgres; do
    ip netns del "$mark-$name" 2>/dev/null || true
    rm -rf -- "/etc/netns/$mark-$name"
  done
  rm -rf -- "$work" "$database"
}
trap end EXIT

check() { # check WHAT WANTED FOUND
  if [[ $2 == "$3" ]]; then echo "ok      $1"; else echo "FAILED  $1: wanted $2, found $3"; failed=1; fi
}

until_holds() { # until_holds SECONDS COMMAND...: tries once a second
  for ((i = 0; i < $1; i++)); do if "${@:2}" >/dev/null 2>&1; then return 0; fi; sleep 1; done
  return 1
}

# A bridge in a place of its own; the machine's network is not touched.
ip netns add "$mark-hub"
ip -n "$mark-hub" link add hub type bridge
ip -n "$mark-hub" link set hub up
number=2
for name in harrier prometheus edge client postgres; do
  ip netns add "$mark-$name"
  ip -n "$mark-$name" link set lo up
  ip -n "$mark-hub" link add "v$number" type veth peer name eth0 netns "$mark-$name"
  ip -n "$mark-hub" link set "v$number" master hub up
  ip -n "$mark-$name" addr add "10.77.0.$number/24" dev eth0
  ip -n "$mark-$name" link set eth0 up
  mkdir -p "/etc/netns/$mark-$name"
  printf '127.0.0.1 localhost\n10.77.0.2 harrier\n10.77.0.3 prometheus\n10.77.0.4 edge bots.example.org\n10.77.0.6 postgres\n' > "/etc/netns/$mark-$name/hosts"
  number=$((number + 1))
done

# The database, as a user without rights and with a password, as its image starts it.
password=$(openssl rand -hex 24)
printf '%s' "$password" > "$database/password"
chown -R postgres: "$database"
runuser -u postgres -- "$bin/initdb" -D "$database/data" -U harrier --auth=scram-sha-256 --pwfile="$database/password" >/dev/null
echo 'host all all 10.77.0.0/24 scram-sha-256' >> "$database/data/pg_hba.conf"
begin postgres runuser -u postgres -- "$bin/postgres" -D "$database/data" -h 0.0.0.0 -k "$database"
query() { in_place postgres env PGPASSWORD="$password" "$bin/psql" -h localhost -U harrier -d "$1" -Atc "$2"; }
until_holds 30 query postgres 'SELECT 1' || { cat "$work/postgres.log"; exit 1; }
query postgres 'CREATE DATABASE harrier' >/dev/null

# The service, as the compose file and the proxy's example start it.
begin harrier env HARRIER__RECORDS="Host=postgres;Username=harrier;Database=harrier;Password=$password" dotnet "$program" run --config "$here/compose/run.json" --home "$work/home" --bind 0.0.0.0 --port 8000 --allow-host harrier \
  --allow-host bots.example.org --behind-proxy 10.77.0.4
until_holds 120 in_place harrier curl -sf http://localhost:8000/health || { cat "$work/harrier.log"; exit 1; }
dotnet "$program" token create --role viewer --home "$work/home" > "$work/scrape-token"

# The proxy, with a certificate of its own.
openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=bots.example.org -addext subjectAltName=DNS:bots.example.org -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
sed -e "s|/etc/letsencrypt/live/bots.example.org/fullchain.pem|$work/cert.pem|; s|/etc/letsencrypt/live/bots.example.org/privkey.pem|$work/key.pem|; s|127.0.0.1:8000|10.77.0.2:8000|" \
  "$here/nginx/harrier.conf" > "$work/site.conf"
for folder in a b c d e; do mkdir "$work/$folder"; done
printf 'daemon off; user root; pid %s/nginx.pid; error_log %s/nginx.log; events { } http { access_log off; client_body_temp_path %s/a; proxy_temp_path %s/b; fastcgi_temp_path %s/c; uwsgi_temp_path %s/d; scgi_temp_path %s/e; include %s/site.conf; }\n' \
  "$work" "$work" "$work" "$work" "$work" "$work" "$work" "$work" > "$work/nginx.conf"
begin edge nginx -c "$work/nginx.conf" -p "$work"

# Prometheus with the compose file's settings, but a scrape each second.
sed -e "s|/etc/prometheus/scrape-token|$work/scrape-token|; s|/etc/prometheus/harrier.rules.yml|$here/prometheus/harrier.rules.yml|; s|15s|1s|" "$here/compose/prometheus.yml" > "$work/prometheus.yml"
begin prometheus prometheus --config.file="$work/prometheus.yml" --storage.tsdb.path="$work/metrics" --web.listen-address=0.0.0.0:9090 --log.level=error

status() { in_place "$1" curl -s -o /dev/null -w '%{http_code}' --max-time 10 --cacert "$work/cert.pem" "${@:2}" || true; }
token="Authorization: Bearer $(cat "$work/scrape-token")"
up() { in_place prometheus curl -s 'http://localhost:9090/api/v1/query?query=up' | grep -q '"instance":"harrier:8000".*,"1"'; }

until_holds 60 up && check 'Prometheus scrapes harrier:8000 with its token' yes yes || check 'Prometheus scrapes harrier:8000 with its token' yes no
check 'metrics without a token from another place' 401 "$(status prometheus http://harrier:8000/metrics)"
check 'a host that the service is not asked for by' 400 "$(status prometheus -H 'Host: evil.example.org' http://harrier:8000/health)"
until_holds 30 in_place client curl -sf --cacert "$work/cert.pem" https://bots.example.org/health || true
check 'health through the proxy, over TLS' 200 "$(status client https://bots.example.org/health)"
check 'clear text is sent to TLS' 301 "$(status client http://bots.example.org/health)"
check 'metrics through the proxy' 404 "$(status client -H "$token" https://bots.example.org/metrics)"
check 'bots through the proxy, without a token' 401 "$(status client https://bots.example.org/api/v1/bots)"
check 'bots through the proxy, with a token' 200 "$(status client -H "$token" https://bots.example.org/api/v1/bots)"
check 'a page of the proxy is of the service' 200 "$(status client -H "$token" -H 'Origin: https://bots.example.org' https://bots.example.org/api/v1/bots)"
check 'a page of another is not' 403 "$(status client -H "$token" -H 'Origin: https://evil.example.org' https://bots.example.org/api/v1/bots)"
check 'what a client says of itself is overwritten' 200 "$(status client -H 'X-Forwarded-For: 127.0.0.1' https://bots.example.org/health)"
check 'who is no proxy may not say for whom it asks' 400 "$(status client -H 'X-Forwarded-For: 127.0.0.1' http://harrier:8000/metrics)"
check 'a WebSocket through the proxy' 101 "$(status client --http1.1 -H "$token" -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==' --max-time 3 https://bots.example.org/ws)"

accounts() { [[ $(query harrier 'SELECT count(*) FROM accounts') -gt 0 ]]; }
until_holds 60 accounts && check 'records are in the database' yes yes || check 'records are in the database' yes no
check 'the password of the database is in no log' 0 "$(grep -rlF "$password" "$work/home/logs" "$work/harrier.log" | wc -l)"
rules() { in_place prometheus curl -s http://localhost:9090/api/v1/rules; }
check 'Prometheus has all alerts of the file' "$(grep -c 'alert:' "$here/prometheus/harrier.rules.yml")" "$(rules | grep -o '"type":"alerting"' | wc -l)"
check 'each of them can be evaluated' 0 "$(rules | grep -o '"health":"err"' | wc -l)"

# The end of the service is noticed. It comes last, by the signal of its supervisor.
service=${started[1]}
kill -TERM "$service"
wait "$service" && check 'SIGTERM ends it well' 0 0 || check 'SIGTERM ends it well' 0 "$?"
down() { rules | grep -q '"alertname":"HarrierDown"'; }
until_holds 60 down && check 'Prometheus notices that it is down' yes yes || check 'Prometheus notices that it is down' yes no
exit "$failed"
