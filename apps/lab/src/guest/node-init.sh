# The first process of a node: makes new namespaces a machine of its own, and stays. A shell, because a shell is small,
# reaps orphans, and is on every machine. $1: host name, $2...: sysctls as path=value.
# Says "ready PID" (the process id outside), takes an "ip -batch" script on standard input, says "up".
set -e
read -r pid rest < /proc/self/stat
mount -t proc proc /proc
mount -t sysfs sysfs /sys
mount -t tmpfs -o mode=0755 run /run
# A boot id of its own: a node that is made again is a machine that was started again.
read -r boot < /proc/sys/kernel/random/uuid
echo "$boot" > /run/boot_id
mount --bind /run/boot_id /proc/sys/kernel/random/boot_id
echo "$1" > /proc/sys/kernel/hostname
shift
for pair in "$@"; do
  echo "${pair#*=}" > "/proc/sys/${pair%%=*}"
done
echo "ready $pid"
ip -batch -
echo up
exec < /dev/null > /dev/null
trap : TERM INT HUP
while :; do
  sleep 100000 &
  wait
done
