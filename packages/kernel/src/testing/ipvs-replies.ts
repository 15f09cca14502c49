// What Linux 6.1.176 answered about services and destinations, captured at the socket; counters made up.
import { hex } from './hex.ts';

const stats = `
    6000 0a00                                    # STATS: 32 bits, not read
      0800 0100 05000000
      0800 0200 00000000
      0800 0300 00000000
      0c00 0400 0000000000000000
      0400 0b00
      0c00 0500 0000000000000000
      0800 0600 00000000
      0800 0700 00000000
      0800 0800 00000000
      0800 0900 00000000
      0800 0a00 00000000
    a000 0c00                                    # STATS64, each value after a PAD that aligns it
      0c00 0100 0500000000000000                 # CONNS 5
      0400 0b00
      0c00 0200 1000000000000000                 # INPKTS 16
      0400 0b00
      0c00 0300 0f00000000000000                 # OUTPKTS 15
      0400 0b00
      0c00 0400 0100000001000000                 # INBYTES 2^32 + 1
      0400 0b00
      0c00 0500 ffffffffffff1f00                 # OUTBYTES 2^53 - 1
      0400 0b00
      0c00 0600 0100000000000000                 # CPS 1
      0400 0b00
      0c00 0700 0200000000000000                 # INPPS 2
      0400 0b00
      0c00 0800 0300000000000000                 # OUTPPS 3
      0400 0b00
      0c00 0900 0400000000000000                 # INBPS 4
      0400 0b00
      0c00 0a00 0500000000000000                 # OUTBPS 5
`;

/** TCP 192.168.0.111:80 wrr persistent 300 mask 255.255.255.0. */
export const serviceReply = hex(`
68010000 1c00 0000 09000000 b2020008  01 01 0000
  5401 0100
    0600 0100 0200 0000                          # AF inet
    0600 0200 0600 0000                          # PROTOCOL tcp
    1400 0300 c0a8006f 000000000000000000000000  # ADDR 192.168.0.111
    0600 0400 0050 0000                          # PORT 80
    0800 0600 77727200                           # SCHED_NAME wrr
    0c00 0700 03000000 ffffffff                  # FLAGS persistent, and HASHED: the kernel's own
    0800 0800 2c010000                           # TIMEOUT 300 s
    0800 0900 ffffff00                           # NETMASK 255.255.255.0
    ${stats}`);

/** FWM 10 IPv6 mh (mh-port). */
export const markReply = hex(`
50010000 1c00 0200 01000000 b2028008  01 01 0000
  3c01 0100
    0600 0100 0a00 0000                          # AF inet6
    0800 0500 0a000000                           # FWMARK 10
    0700 0600 6d6800 00                          # SCHED_NAME mh
    0c00 0700 12000000 ffffffff                  # FLAGS SCHED2 and HASHED
    0800 0800 00000000                           # TIMEOUT none
    0800 0900 80000000                           # NETMASK 128
    6400 0a00                                    # STATS, aligned otherwise
      0800 0100 00000000
      0800 0200 00000000
      0800 0300 00000000
      0400 0b00
      0c00 0400 0000000000000000
      0400 0b00
      0c00 0500 0000000000000000
      0800 0600 00000000
      0800 0700 00000000
      0800 0800 00000000
      0800 0900 00000000
      0800 0a00 00000000
    ${stats.slice(stats.indexOf('a000 0c00'))}`);

/** 192.168.137.131:8080 masq 6, thresholds 100 and 50. */
export const destinationReply = hex(`
90010000 1c00 0200 02000000 b2028008  05 01 0000
  7c01 0200
    1400 0100 c0a88983 000000000000000000000000  # ADDR 192.168.137.131
    0600 0200 1f90 0000                          # PORT 8080
    0800 0300 00000000                           # FWD_METHOD masq
    0800 0400 06000000                           # WEIGHT 6
    0500 0d00 00 000000                          # TUN_TYPE ipip
    0600 0e00 0000 0000                          # TUN_PORT
    0600 0f00 0000 0000                          # TUN_FLAGS
    0800 0500 64000000                           # U_THRESH 100
    0800 0600 32000000                           # L_THRESH 50
    0800 0700 02000000                           # ACTIVE_CONNS 2
    0800 0800 03000000                           # INACT_CONNS 3
    0800 0900 01000000                           # PERSIST_CONNS 1
    0600 0b00 0200 0000                          # ADDR_FAMILY inet
    6400 0a00                                    # STATS
      0800 0100 00000000
      0800 0200 00000000
      0800 0300 00000000
      0400 0b00
      0c00 0400 0000000000000000
      0400 0b00
      0c00 0500 0000000000000000
      0800 0600 00000000
      0800 0700 00000000
      0800 0800 00000000
      0800 0900 00000000
      0800 0a00 00000000
    ${stats.slice(stats.indexOf('a000 0c00'))}`);
