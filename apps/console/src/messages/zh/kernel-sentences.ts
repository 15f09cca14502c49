// What agents say of their kernel: of a change that it did not take, and of IPVS that it does not have.
import type { Phrase } from './phrase.ts';

export const kernels: readonly Phrase[] = [
  ['This host already has {object}.', '此主机已有 {object}。'],
  ['This host has no {object}.', '此主机没有 {object}。'],
  ['This host has no such interface for {object}.', '此主机没有 {object} 所需的接口。'],
  ['This host has no such service for {object}.', '此主机没有 {object} 所属的服务。'],
  [
    'The kernel does not let this process change {object}: it needs {right}.',
    '内核不允许此进程修改 {object}：需要 {right}。',
  ],
  ['The next hop of {object} is on no link of this host.', '{object} 的下一跳不在此主机的任何链路上。'],
  [
    'The kernel did not answer: whether {object} was changed is not known.',
    '内核没有应答：不清楚 {object} 是否已修改。',
  ],
  [
    'The answer of the kernel got lost: whether {object} was changed is not known.',
    '内核的应答丢失：不清楚 {object} 是否已修改。',
  ],
  [
    'The answer of the kernel cannot be read: whether {object} was changed is not known.',
    '无法识别内核的应答：不清楚 {object} 是否已修改。',
  ],
  [
    'The connection to the kernel was closed: whether {object} was changed is not known.',
    '与内核的连接已关闭：不清楚 {object} 是否已修改。',
  ],
  ['{object} was not changed: {why}.', '{object} 没有修改：{why}。'],
  [
    'The weight of {object} is out of range, or its lower threshold is above the upper one.',
    '{object} 的权重超出范围，或其下限高于上限。',
  ],
  [
    'The kernel has neither built in nor as a module what {object} asks for: {needs}.',
    '内核既没有内置也没有以模块提供 {object} 所需的：{needs}。',
  ],
  [
    'The kernel does not take {object} as it is: its persistence netmask may not fit.',
    '内核不接受 {object}：其会话保持掩码可能不合适。',
  ],
  [
    'The kernel does not take {object}: not the address of one host, of another family, or a tunnel without port.',
    '内核不接受 {object}：不是单个主机的地址、地址族不同，或是没有端口的隧道。',
  ],
  [
    'The kernel does not take {object}: of another family, or a tunnel without port.',
    '内核不接受 {object}：地址族不同，或是没有端口的隧道。',
  ],
  [
    'The kernel does not take {object}: its next hop may be an address of this host.',
    '内核不接受 {object}：其下一跳可能是此主机自己的地址。',
  ],
  ['The kernel does not take this value for {object}.', '内核不接受 {object} 的这个值。'],
  ['The kernel of this host has no IPVS, which {object} needs.', '此主机的内核没有 {object} 所需的 IPVS。'],
  ['The kernel refused {object}: {why}.', '内核拒绝了 {object}：{why}。'],
  [
    'The module ip_vs is installed, but loading modules is turned off until the next boot.',
    '已安装模块 ip_vs，但在下次开机之前不允许加载模块。',
  ],
  [
    'Have ip_vs loaded at boot (a line "ip_vs" in {file}), then reboot.',
    '请让系统在开机时加载 ip_vs（在 {file} 中写一行 “ip_vs”），然后重启。',
  ],
  [
    'The module ip_vs is installed, but the kernel could not load it by itself.',
    '已安装模块 ip_vs，但内核未能自行加载。',
  ],
  [
    'Run modprobe ip_vs as root; in a container, on the machine that runs it.',
    '请以 root 运行 modprobe ip_vs；若在容器中，请在运行容器的机器上执行。',
  ],
  [
    'The modules of the running kernel {release} are not installed (those of {others} are).',
    '没有安装正在运行的内核 {release} 的模块（已安装的是 {others}）。',
  ],
  ['Reboot into an installed kernel, then look again.', '请重启到已安装的内核，然后重新查看。'],
  ['Kernel {release} was installed without ip_vs.', '内核 {release} 不带 ip_vs。'],
  ['Kernel {release} has no modules here.', '此处没有内核 {release} 的模块。'],
  ['this host has one that Signalbox did not make', '此主机已有一个不是由 Signalbox 创建的'],
  ['the kernel did not answer: {why}', '内核没有应答：{why}'],
  ['it was written but cannot be read back: {why}', '已写入但无法读回：{why}'],
  ['it was written, but the kernel does not have it', '已写入，但内核中没有'],
  ['the kernel still has it, or has it otherwise', '内核中仍然有，或与所写的不同'],
  ['the kernel has {value} where {wanted} was written', '写入的是 {wanted}，内核中却是 {value}'],
];
