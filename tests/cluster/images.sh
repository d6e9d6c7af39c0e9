#!/usr/bin/env bash
# Builds the images of the stories out of files of this machine, without a registry: hello:1.23.1 to 1.23.3, canary-analyzer:test and canary-prometheus:test.
#
# usage: images.sh FOLDER [PROMETHEUS]
#   FOLDER      where the images' files go
#   PROMETHEUS  the path of a Prometheus binary; without it there is no image of it
#
# Needs a Docker engine, gcc, and what deploy/tools/scratch-image.sh needs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -ge 1 ] || { sed -n '2,8p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
folder=$1 prometheus=${2:-}

mkdir -p "$folder/hello"
gcc -Os -static -Wall -Wextra -o "$folder/hello/hello" "$here/hello/hello.c"
for version in 1.23.1 1.23.2 1.23.3; do
  printf 'FROM scratch\nCOPY hello /hello\nLABEL version=%s\nENTRYPOINT ["/hello"]\n' $version >"$folder/hello/Dockerfile"
  docker build -q -t hello:$version "$folder/hello"
done

if [ -n "$prometheus" ]; then
  root=$folder/prometheus/root
  mkdir -p "$root/bin" "$root/prometheus" "$root/etc/prometheus"
  cp -L "$prometheus" "$root/bin/prometheus"
  { ldd "$prometheus" || true; } | { grep -oE '/[^ ]+\.so[^ ]*' || true; } | sort -u | while read -r path; do
    mkdir -p "$root$(dirname "$path")"
    cp -L "$path" "$root$path"
  done
  echo 'scrape_configs: []' >"$root/etc/prometheus/prometheus.yml"
  # As the official image has them: a test starts both with the same words.
  cat >"$folder/prometheus/Dockerfile" <<'DOCKERFILE'
FROM scratch
COPY root/ /
EXPOSE 9090
WORKDIR /prometheus
ENTRYPOINT ["/bin/prometheus"]
CMD ["--config.file=/etc/prometheus/prometheus.yml", "--storage.tsdb.path=/prometheus"]
DOCKERFILE
  docker build -q -t canary-prometheus:test "$folder/prometheus"
fi

"$here/../../deploy/tools/scratch-image.sh" "$folder/controller" canary-analyzer:test
