import type { problemRules } from '@signalbox/cluster';

/** The rules in Chinese. A rule without its sentence does not compile. */
export const problems: Readonly<Record<keyof typeof problemRules | 'ipvsMissing', string>> = {
  duplicateId: '{kind} 中标识 {id} 使用了两次。标识不能重复。',
  duplicateName: '有两个 {kind} 都叫 {name}。请给其中一个换个名称。',
  duplicateInterfaceName: '{node} 有两个名为 {interface} 的接口。请按主机上 `ip link` 显示的名称命名。',
  networkHasHostBits: '网络 {network} 的 {cidr} 是主机地址。请写成 {corrected}。',
  networksOverlap:
    '网络 {network} 的 {cidr} 与网络 {other} 的 {otherCidr} 重叠：同一地址会同时属于两者。请使用不同的范围，或画成一个网络。',
  unknownNetwork: '{node} 的接口 {interface} 所在的网络不存在。请选择已绘制的网络。',
  addressNotOnNetwork:
    '{node} 的 {address} 不在网络 {network} 的任何范围（{ranges}）内。请更正地址，或把其范围加入该网络。',
  prefixDiffersFromNetwork:
    '{node} 的 {address} 的前缀长度与网络 {network} 的范围 {range} 不同。同一网络上的主机应当一致。',
  addressNotUsable: '{address} 不能作为主机地址（{node}）：它是网络、广播、多播或保留地址。',
  duplicateAddress: '{address} 同时在 {node} 和 {other} 上。一个地址只属于一个节点的一个接口。',
  gatewayOffLink: '{node} 的网关 {gateway} 不在其任何子网（{subnets}）内，无法到达。请使用那里路由器的地址。',
  gatewayIsSelf: '{node} 的网关 {gateway} 是它自己的地址。请使用路由器或调度器的地址。',
  gatewayUnknown:
    '{node} 的网关 {gateway} 不属于任何已绘制的节点，因此无法追踪其应答。请画出它所属的路由器。',
  gatewayDoesNotForward: '{node} 的网关 {gateway} 属于 {other}，它既不是路由器也不是调度器。',
  unknownDirector: 'VIP {vip} 由不存在的节点持有。请选择一个调度器。',
  vipHolderNotDirector: 'VIP {vip} 由 {node} 持有，但它不是调度器。请选择调度器，或把 {node} 设为调度器。',
  directorWithoutInterface: '{node} 没有可以持有 VIP {vip} 的接口。请画出它的接口。',
  duplicateVip: 'VIP {vip} 出现了两次。多个服务可以共用一个 VIP：请移除第二个。',
  secondDirector: 'VIP {vip} 同时由 {node} 和 {other} 持有。一个 VIP 只能有一个活动的调度器：请选择其一。',
  vipIsRealServer: 'VIP {vip} 也是 {node} 的地址。VIP 不能是真实服务器的地址：请另选。',
  vipIsOtherNode: 'VIP {vip} 也是 {node} 的地址。请选择空闲地址，或调度器自己的地址。',
  vipNotUsable: '{vip} 不能作为 VIP：它是环回、网络、广播、多播或保留地址。',
  vipOffEveryNetwork: 'VIP {vip} 不在任何已绘制的网络内。只有当客户端的路由器有到 {node} 的路由时才能到达。',
  ipv6NotAvailable: '尚不支持 IPv6：{address}（{name}）。请使用 IPv4 地址。',
  unknownVip: '服务 {service} 的 VIP 不存在。请选择已有的 VIP。',
  duplicateService: '有两个服务 {service}。服务的协议、VIP 和端口不能与其他服务相同。',
  emptyService: '{service} 没有目标：到它的连接会被拒绝。请添加真实服务器。',
  noLiveDestination: '{service} 的所有目标权重均为 0：新连接会被拒绝。请给其中一个设置权重。',
  onePacketNeedsUdp: '{service} 对每个数据包单独调度（单包调度），仅适用于 UDP。请关闭。',
  netmaskNotUsable:
    '{service} 的会话保持掩码 {netmask} 不是有效的掩码。IPv4 请写成 255.255.255.0，IPv6 请写 1 到 128 的前缀长度。',
  sipEngineNeedsUdp: '{service} 按 SIP Call-ID 保持会话，仅适用于 UDP：其他数据包会被丢弃。请不要选择引擎。',
  schedulerFlagMismatch: '{service} 的标志 {flag} 不属于算法 {scheduler}。请移除。',
  weightsIgnored: '{scheduler} 会忽略权重（{service}）。按权重均衡请使用 {weighted}。',
  hashingMeetsWeightZero:
    '{scheduler} 会继续把部分客户端送到权重为 0 的目标，在那里被拒绝（{service}）。请添加标志 {flag}。',
  unknownNode: '{service} 的目标 {destination} 位于不存在的节点上。请选择真实服务器。',
  destinationNotRealServer:
    '{service} 的目标 {destination} 位于 {node} 上，它不是真实服务器。请选择真实服务器。',
  destinationAddressNotOfNode:
    '{service} 的目标 {destination} 不是 {node} 的地址（{addresses}）。请选择其中之一。',
  duplicateDestination: '{service} 中目标 {destination} 出现了两次。请移除一个，并把两者的权重给另一个。',
  thresholdsReversed:
    '{service} 中 {destination} 的下限 {lower} 高于上限 {upper}，内核会拒绝：请调低，或设为 0。',
  thresholdTooHigh:
    '{service} 中 {destination} 的上限 {upper} 超过 {most}，较新的内核会拒绝：请调低，或设为 0 表示不限。',
  methodNotAvailable: '尚不支持以 {method} 转发（{service} 中的 {destination}）。请使用 NAT 或 DR。',
  portDiffersUnderDirectRouting:
    '{destination} 的端口与 {service} 不同。以 {method} 转发不能转换端口：请使用端口 {port}，或 NAT。',
  directRoutingOffLink:
    '{director} 与 {destination}（{node}）没有共同的网络，而 DR 只能到达与它同一链路的真实服务器。请把两者接到同一网络。',
  directRepliesHaveNoWay:
    'DR 下 {node} 直接应答客户端，但图中没有从它通往 {client} 的路（{destination}）。请为它设置通往那里的默认网关，或使用 NAT。',
  natRepliesBypassDirector:
    '{director} 与 {destination}（{node}）没有共同的网络，NAT 下应答会绕过它并被客户端丢弃。请把两者接到同一网络。',
  natServesTwoDirectors:
    '{node} 的 {destination} 同时由 {director} 和 {other} 以 NAT 服务，而应答只能去往其一。请为其中一个使用别的端口。',
  foreignObjectInTheWay: '此主机已有 {object}，且不是 Signalbox 创建的。请在主机上移除，或从图中去掉。',
  addressOnOtherInterface:
    '{address} 已在此主机的 {there} 上，且不是 Signalbox 配置的：无法配置到 {wanted}。请先从 {there} 上移除。',
  tableInUse:
    '此主机的路由表 {table} 已被占用：{object}。Signalbox 需要它来发送应答；请把原有用途移到其他表。',
  priorityInUse:
    '此主机上已有优先级为 {priority} 的路由规则：{object}。Signalbox 需要该优先级；请为另一条规则换一个。',
  foreignDestination:
    '{service} 中的 {destination} 不是 Signalbox 加入的，它会分到一部分连接。若非本意，请在主机上移除。',
  foreignDestinationWouldGo:
    '移除 {service} 会一并移除 {destination}，而它不是 Signalbox 加入的。请先移除该目标。',
  ipvsMissing: '此主机的内核（{kernelRelease}）没有 IPVS。{reason} {remedy}',
  sysctlMissing: '此主机上不存在 {name}。请检查图中接口的名称。',
  alreadyThatWay: '{service} 已经以 {method} 转发，保持不变。',
  mixedMethods: '{service} 的部分目标有自己的转发方式。切换后它们都以 {method} 转发；返回时会恢复原样。',
  directSavesNothing:
    '对 {service} 使用 DR 不会减轻负担：从其真实服务器到客户端只能经过 {director}，应答仍然经过它。要减轻负担，请给真实服务器另一台路由器。',
  tooManyCanaries: '需要同时试验 {count} 条路，最多 {most} 条。请分几次切换。',
  directorWithoutAgent: '{node} 没有代理程序，无法切换其服务，也无法验证。请在那里安装代理程序。',
  realServerWithoutAgent: '{node} 没有代理程序：无法查看它是否监听以及有哪些连接。试验连接会说明它是否可用。',
  agentSilent: '{node} 的代理程序没有应答，无法为切换做准备。请启动它，或检查网络。',
  noListenerOnVip:
    '{node} 上没有程序为 {service} 监听 {vip}:{port}（监听的是 {listens}），以 DR 转发的连接会被拒绝。请让服务监听 0.0.0.0 或 {vip}。',
  noListenerOnAddress:
    '{node} 上没有程序为 {service} 监听 {address}:{port}（监听的是 {listens}），以 NAT 转发的连接会被拒绝。请让服务监听 0.0.0.0 或 {address}。',
  wildcardUdp:
    '{node} 上 {service} 的 UDP 服务绑定在所有地址上，应答会从路由所选的地址发出，在 {method} 下丢失。请把它绑定到 {address}。',
  translatedByHost:
    '{node} 把端口 {port} 转给 {to}（容器），{method} 无法引导其应答（{service}）。请让容器使用主机的网络。',
  kernelTooOld:
    '{node} 运行 Linux {release}，而 {service} 的 NAT 需要按源端口的路由规则，Linux 4.17 起才有。请升级内核，或把调度器设为它的网关。',
  strictReversePath:
    '{node} 会丢弃从 {interface} 进来而返回路径在 {other} 上的数据包（rp_filter=1），{service} 的数据包正是如此。请把 {sysctl} 设为 2。',
  forwardDropsReplies:
    '{method} 的应答不作为连接被跟踪，而 {node} 会在转发时丢弃这样的数据包（{rule}）。请把 net.ipv4.vs.conntrack 设为 1，或在那里放行。',
  forwardUnknown: '不清楚 {node} 是否放行未被跟踪的应答（{reason}）。试验连接会说明。',
  connectionsReused:
    '{node} 会让从同一端口再来的客户端沿用旧连接（net.ipv4.vs.conn_reuse_mode=0），也就沿用旧的转发方式。DR 就绪期间，切换会把它设为 3，并让 DR 在最后一个连接结束后再保持就绪两分钟；请为此后设为 1。',
  tableGrows:
    '{node} 会在服务期间扩大其连接表（net.ipv4.vs.conn_lfactor={value}）。Linux 7.2 此时可能把从同一端口再来的客户端发往两台真实服务器，使其得不到应答；没有切换时也会发生。设为 -8 后，连接表在连接增多之前就已足够大。',
  otherWriter: '{node} 上的 {writer} 也在写虚拟服务表（{evidence}），会撤销这次切换。请先停止它。',
  otherWriterAtBoot:
    '{node} 上的 {writer} 会在开机时写入虚拟服务表（{evidence}）。请从其配置中移除虚拟服务，或禁用它，否则它会恢复旧的方式。',
  canaryRefused:
    '{node} 拒绝了以 {method} 到 {service} 的试验连接：那里没有程序监听 {address}。请启动服务，或让它绑定该地址。',
  methodChangedByApply:
    '此次应用会让 {service} 直接从 {from} 改为 {to}，既不试验也不等待：正在进行的连接可能丢失。请放弃该更改，改用切换杆，它不会丢失任何连接。',
  canaryTimedOut:
    '{node} 没有应答 {from} 以 DR 到 {service} 的试验连接。请检查其防火墙放行 {vip}，且试验期间没有人从它的 lo 上移除 {vip}。',
  canaryTimedOutByNat:
    '{node} 没有应答 {from} 以 NAT 到 {service} 的试验连接。请检查其防火墙放行 {address}，且应答回到 {director}。',
  canarySilent:
    '{node} 没有应答以 {method} 发往 {service} 的试验数据报；UDP 服务器可以不应答：它绑定在 {address} 上，但没有人看到其应答。请在切换后观察客户端，或设定未确认即撤销。',
  canaryReplyLost:
    '{director} 以 {method} 访问 {service} 时 {node} 有应答，而 {from} 没有收到：应答丢失在路上（{path}）。请检查沿途的转发、防火墙和 rp_filter。',
  canaryClientLost:
    '{service} 的真实服务器以 {method} 都没有应答 {from}，却应答了 {director}。请检查从 {from} 到 {director} 的路，以及应答的路（{path}）。',
  canaryUnreachable:
    '{director} 无法把 {service} 的试验连接交给 {node}（{address}）：链路上没有应答。请检查 {node} 已开机并已连接。',
  canaryNotTried: '无法从 {from} 经 {node} 试验 {service}：{reason}。请重试。',
  arpNotAsked:
    '{director} 未能在其链路 {interface} 上查询谁为 VIP {vip} 应答 ARP，因此不能确定真实服务器保持沉默。请在其代理程序有应答后重试。',
  arpLeak:
    '{node} 在 {director} 的链路上为 VIP {vip} 应答 ARP（{mac}），客户端会找到它。请在其所有接口上把 arp_ignore 设为 1，并查明是什么改动了它。',
  arpLeakByProxy:
    '{node} 作为代理为 VIP {vip} 应答 ARP（{mac}）。请把它在 {director} 链路上的接口的 proxy_arp 设为 0。',
  arpLeakUnknown:
    '{director} 的链路上有一台链路层地址为 {mac} 的机器为 VIP {vip} 应答 ARP。请找到它并去掉该地址。',
};

/** Of which kind two things are that cannot both be called so. */
export const kinds: Readonly<Record<string, string>> = {
  networks: '网络',
  nodes: '节点',
  interfaces: '接口',
  VIPs: 'VIP',
  services: '服务',
  destinations: '目标',
};
