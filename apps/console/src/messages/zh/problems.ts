import type { HostProblemCode, TopologyProblemCode } from '@signalbox/cluster';

/** The rules in Chinese. A rule without its sentence does not compile. */
export const problems: Readonly<Record<TopologyProblemCode | HostProblemCode, string>> = {
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
  sysctlMissing: '此主机上不存在 {name}。请检查图中接口的名称。',
};
