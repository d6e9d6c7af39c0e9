# What the scripts beside this file share; sourced. A check prints a line, and `total` the last one.
passed=0 failed=0
check() { # what expected actual
  if [ "$2" = "$3" ]; then passed=$((passed + 1)); echo "ok    $1: $3"; else failed=$((failed + 1)); echo "FAIL  $1: expected '$2', got '$3'"; fi
}
await() { # seconds what expected command...
  local limit=$((SECONDS + $1)) what=$2 expected=$3 actual=; shift 3
  while actual=$("$@" 2>/dev/null) && [ "$actual" = "$expected" ] && break; [ $SECONDS -lt $limit ]; do sleep 0.3; done
  check "$what" "$expected" "$actual"
}
total() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
