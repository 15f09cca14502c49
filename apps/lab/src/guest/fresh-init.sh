# The first process of a throw-away machine with nothing but loopback: runs "$@" and ends as it ends.
mount -t proc proc /proc &&
  mount -t sysfs sysfs /sys &&
  mount -t tmpfs -o mode=0755 run /run &&
  ip link set lo up || exit 125
"$@"
