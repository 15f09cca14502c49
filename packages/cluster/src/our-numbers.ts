// The numbers by which the kernel's tables show what is ours (`ip rule`, `ip route`).

/** `rtm_protocol` of our routes and rules. */
export const ourProtocol = 83;

/** Priority of our policy rules. */
export const ourPriority = 5300;

/** The first of our routing tables: those that lead NAT replies to a director. */
export const ourFirstTable = 5300;

/** The first of those that lead DR replies to a router. */
export const ourFirstDirectTable = 15_300;

/** The metric of a table's last resort: behind every route that leads somewhere, and the number that VRFs use for theirs. */
export const lastResortMetric = 4_278_198_272;

/** RT_TABLE_MAIN. */
export const mainTable = 254;
