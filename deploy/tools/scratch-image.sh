#!/usr/bin/env bash
# Assembles the controller's image out of files of this machine, without a registry.
#
# usage: scratch-image.sh FOLDER [IMAGE]
#   FOLDER  where the image's files go (emptied first): Dockerfile and root/
#   IMAGE   build it under this name with docker, too
#
# The image holds the self-contained controller, the shared libraries that it and OpenSSL need, and the CA certificates.
# Needs the .NET SDK, ldd and OpenSSL 3's libraries. The dotnet publish goes to standard error.
set -euo pipefail
repository=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
[ $# -ge 1 ] && [ "${1#-}" = "$1" ] || { sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//'; exit 2; }
say() { echo "scratch-image: $*" >&2; }
fail() { say "$*"; exit 1; }
for tool in dotnet ldd; do command -v $tool >/dev/null || fail "needs $tool"; done
case $(uname -m) in x86_64) rid=linux-x64 ;; aarch64) rid=linux-arm64 ;; *) fail "no controller for $(uname -m)" ;; esac

mkdir -p "$1"
folder=$(cd "$1" && pwd)
if [ -n "$(ls -A "$folder")" ] && [ ! -f "$folder/Dockerfile" ]; then fail "$folder is neither empty nor an earlier image"; fi
root=$folder/root
rm -rf "$root"
mkdir -p "$root/app" "$root/etc/ssl/certs"

say "publishing the controller"
dotnet publish "$repository/src/CanaryAnalyzer.Service" -c Release -r $rid --self-contained -p:DebugType=none -o "$root/app" --nologo -v quiet 1>&2 ||
  fail "dotnet publish failed"
rm -f "$root/app/createdump" "$root/app/libcoreclrtraceptprovider.so" "$root/app/libmscordbi.so" "$root/app/libmscordaccore.so"

library() { ldconfig -p 2>/dev/null | awk -v name="$1" '$1 == name && !found { print $NF; found = 1 }' || true; }
libraries() {
  local name path
  # .NET loads OpenSSL by name, so nothing links to it.
  for name in libssl.so.3 libcrypto.so.3; do
    path=$(PATH=$PATH:/sbin:/usr/sbin library $name)
    [ -n "$path" ] || fail "needs OpenSSL 3 ($name)"
    echo "$path"
    ldd "$path"
  done
  find "$root/app" -type f \( -name '*.so' -o -name canary-analyzer \) -exec ldd {} \; 2>/dev/null
}
say "adding shared libraries"
libraries | grep -oE '/[^ ]+\.so[^ ]*' | grep -v "^$root/" | sort -u | while read -r path; do
  mkdir -p "$root$(dirname "$path")"
  cp -L "$path" "$root$path"
done
loader=$(ldd "$root/app/canary-analyzer" | grep -oE '/[^ ]*ld-linux[^ ]*' | head -n1)
[ -f "$root$loader" ] || fail "the program's loader $loader is missing"

certificates=${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}
[ -f "$certificates" ] || fail "needs CA certificates at $certificates"
cp -L "$certificates" "$root/etc/ssl/certs/ca-certificates.crt"
echo 'canary-analyzer:x:1654:1654::/:/' >"$root/etc/passwd"
chmod -R a+rX "$root"
cp "$repository/deploy/Dockerfile.scratch" "$folder/Dockerfile"
say "assembled $(du -sh "$root" | cut -f1) in $folder"

[ $# -lt 2 ] && exit
command -v docker >/dev/null || fail "needs docker to build $2"
docker build -q -t "$2" "$folder"
