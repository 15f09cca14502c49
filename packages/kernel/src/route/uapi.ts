// Numbers of include/uapi/linux/{rtnetlink,if_addr,if_link,fib_rules}.h, by the headers' names. uapi.test.ts compares
// those that are enumerated.

export const RTM = {
  NEWADDR: 20,
  DELADDR: 21,
  GETADDR: 22,
  NEWROUTE: 24,
  DELROUTE: 25,
  GETROUTE: 26,
  GETLINK: 18,
  NEWRULE: 32,
  DELRULE: 33,
  GETRULE: 34,
} as const;

export const IFA = { ADDRESS: 1, LOCAL: 2, LABEL: 3 } as const;

export const IFLA = { ADDRESS: 1, IFNAME: 3, STATS64: 23 } as const;

/** Flags of an interface (linux/if.h). */
export const IFF = { UP: 0x1, LOOPBACK: 0x8, POINTOPOINT: 0x10, NOARP: 0x80 } as const;

export const RTA = { DST: 1, OIF: 4, GATEWAY: 5, PRIORITY: 6, TABLE: 15, VIA: 18 } as const;

export const FRA = {
  DST: 1,
  SRC: 2,
  PRIORITY: 6,
  FWMARK: 10,
  TABLE: 15,
  PROTOCOL: 21,
  IP_PROTO: 22,
  SPORT_RANGE: 23,
} as const;

/** The rule leads to a table; other actions (goto, blackhole ...) have none. */
export const FR_ACT_TO_TBL = 1;

export const RT_SCOPE = { UNIVERSE: 0, LINK: 253, HOST: 254, NOWHERE: 255 } as const;

export const RTN = { UNICAST: 1, BLACKHOLE: 6, UNREACHABLE: 7, PROHIBIT: 8, THROW: 9 } as const;

/** The next hop is taken to be on the link, whatever the addresses say. */
export const RTNH_F_ONLINK = 4;

export const AF_UNSPEC = 0;
export const AF_INET = 2;
export const AF_INET6 = 10;
