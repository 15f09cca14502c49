#!/bin/bash
# The first process of the User-Mode Linux kernel. The host's files are the read-only root; everything written
# goes to memory, except what is below $LAB_SHARED, which is the lab's own folder on the host.
exec 2>&1
export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
set -e
trap 'echo "init: line $LINENO failed"; echo o > /proc/sysrq-trigger; sleep 5' ERR

mount -t proc proc /proc
modprobe -d "$LAB_MODULES" overlay
mount -t tmpfs tmpfs /mnt
mkdir /mnt/upper /mnt/work /mnt/root
mount -t overlay overlay -o lowerdir=/,upperdir=/mnt/upper,workdir=/mnt/work /mnt/root
cd /mnt/root
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t devtmpfs devtmpfs dev
mkdir -p dev/pts dev/shm
mount -t devpts devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -sfn /proc/self/fd dev/fd
mount -t hostfs none -o "$LAB_SHARED" ".$LAB_SHARED"
pivot_root . mnt
umount -l /mnt
cd /
# Where every program looks for the modules of the kernel that runs, and the kernel itself for ip_vs, its schedulers and
# xtables when they are needed, as on any other machine.
mkdir -p /lib/modules
ln -sfn "$LAB_MODULES/lib/modules/$(uname -r)" "/lib/modules/$(uname -r)"
trap - ERR
set +e
# Before there is a director, whose sysctls it brings.
modprobe -q ip_vs
# What packet marks and filters need, loaded beside the rest: by need it would take seconds in the middle of a switch.
modprobe -aq iptable_mangle iptable_filter xt_tcpudp xt_mark xt_multiport nft_compat &
"$LAB_NODE" "$LAB_SHARED/programs/guest.mjs" $LAB_ADDRESS $LAB_PORT vec0
echo "init: the lab's program ended with $?"
echo o > /proc/sysrq-trigger
sleep 5
