# The first process of a node: makes new namespaces a machine of its own, and stays. A shell, because a shell is small,
# reaps orphans, and is on every machine. $1: its mounts (fstab), $2: host name, $3...: sysctls as path=value; one of
# IPVS that this kernel does not have is left out.
# Says "ready PID" (the process id outside), takes an "ip -batch" script on standard input, says "up".
set -e
read -r pid rest < /proc/self/stat
mount --all --fstab "$1"
echo "$2" > /proc/sys/kernel/hostname
shift 2
for pair in "$@"; do
  path="/proc/sys/${pair%%=*}"
  case "$pair" in net/ipv4/vs/*) [ -e "$path" ] || continue ;; esac
  echo "${pair#*=}" > "$path"
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
