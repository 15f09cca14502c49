// Sentences that come from the console, from agents or from the record, and have no code: the English one with {name}
// where values stand, and the Chinese one. What a value says is looked up in its turn.
import { kernels } from './kernel-sentences.ts';
import type { Phrase } from './phrase.ts';

const refusals: readonly Phrase[] = [
  ['Sign in first.', '请先登录。'],
  ['This needs the role {role}.', '此操作需要 {role} 角色。'],
  ['The console failed to do this. Its log says why.', '控制台未能完成此操作，原因见其日志。'],
  ['There is an administrator already. Sign in.', '已有管理员，请登录。'],
  ['There is no such cluster.', '没有这个集群。'],
  ['There is no such node in this cluster.', '此集群中没有这个节点。'],
  ['There is no such rollout.', '没有这次应用。'],
  ['There is no such switch.', '没有这次切换。'],
  ['There is no such service applied.', '已应用的配置中没有这个服务。'],
  ['There are too many clusters of this name.', '同名的集群太多了。'],
  ['The id {id} is used twice.', '标识 {id} 使用了两次。'],
  ['Nothing was applied yet, so there is nothing to go back to.', '尚未应用过任何内容，因此无法恢复。'],
  [
    'Nothing is applied yet, so there is nothing to switch. Apply first.',
    '尚未应用任何内容，因此没有可切换的。请先应用。',
  ],
  [
    'There are changes that are not applied. Apply or discard them first.',
    '有尚未应用的改动。请先应用或放弃它们。',
  ],
  ['Nothing is to be switched: every service goes that way already.', '无需切换：每个服务都已走这种方式。'],
  [
    'A rollout or a switch is under way on this cluster. Wait until it has ended.',
    '此集群正在进行应用或切换。请等它结束。',
  ],
  ['An apply is running on this cluster.', '此集群正在进行应用。'],
  ['The cluster was saved again since this was shown. Look again.', '显示之后集群又被保存过。请重新查看。'],
  [
    'The cluster was saved again since this review. Review again before applying.',
    '审阅之后集群又被保存过。请重新审阅后再应用。',
  ],
  [
    '{node} is not as it was when it was reviewed. Review again before applying.',
    '{node} 与审阅时不同。请重新审阅后再应用。',
  ],
  ['{node} has changes to take and cannot be asked: {why}', '{node} 上有改动，但无法询问它：{why}'],
  ['{node} cannot take this.', '{node} 无法接受这些改动。'],
  ['The topology has problems that would stop it from working.', '图中的问题会使其无法工作。'],
  ['This switch has ended. Throw the lever again.', '这次切换已结束。请重新切换。'],
  [
    'The old way is being taken down just now. Throw the lever when it has ended.',
    '正在移除旧方式。请在结束后再切换。',
  ],
  [
    'Connections were cut, and the director has not forgotten them yet. Throw the lever in {seconds} s.',
    '有连接被切断，而调度器尚未忘记它们。请在 {seconds} 秒后再切换。',
  ],
  ['There is nothing to confirm.', '没有需要确认的。'],
  [
    'Nobody confirmed the switch within {seconds} seconds, so it is undone.',
    '{seconds} 秒内没有人确认这次切换，因此已撤回。',
  ],
  ['There is nothing to go on with: it is on its way.', '没有可继续的：它正在进行。'],
  ['Connections are cut only while they are waited for.', '只有在等待连接结束时才能切断它们。'],
  ['{node} runs another probe just now. Stop that one first.', '{node} 正在运行另一个探测。请先停止它。'],
  ['{node} has no agent that could send requests.', '{node} 没有可以发送请求的代理程序。'],
  [
    'The probe speaks HTTP over TCP only: choose another service.',
    '探测只支持 TCP 上的 HTTP：请选择其他服务。',
  ],
  ['Say first where the agent of {node} will be reached.', '请先填写 {node} 的代理程序的地址。'],
  [
    'Nodes cannot join while enrolment is off: start the console with --enrol-listen ADDRESS:PORT.',
    '加入功能已关闭，节点无法加入：请以 --enrol-listen 地址:端口 启动控制台。',
  ],
  ['Its request is for {name}.', '它的请求是为 {name} 发出的。'],
  ['It was put out, or joined anew, in this moment.', '它恰好在此时被移出或重新加入。'],
  [
    'The certificate request is not a PKCS #10 request of an ECDSA key.',
    '证书请求不是 ECDSA 密钥的 PKCS #10 请求。',
  ],
];

const agents: readonly Phrase[] = [
  ['{at} refuses connections: the agent is not running there.', '{at} 拒绝连接：代理程序没有在那里运行。'],
  ['{at} is not a name that can be resolved.', '{at} 无法解析。'],
  ['{at} cannot be reached: no route to the host.', '无法到达 {at}：没有通往该主机的路由。'],
  ['{at} did not answer in time.', '{at} 没有及时应答。'],
  ['{at} did not answer: {why}', '{at} 没有应答：{why}'],
  [
    '{at} cut the connection. Did the agent enrol with another console?',
    '{at} 切断了连接。代理程序是否加入了别的控制台？',
  ],
  [
    '{at} shows a certificate that has expired. Join the node again.',
    '{at} 的证书已过期。请让节点重新加入。',
  ],
  ['{at} shows a certificate that is not one of ours.', '{at} 的证书不是我们签发的。'],
  [
    '{at} shows a certificate of {node} that is no longer trusted here. Join the node again.',
    '{at} 出示的 {node} 的证书在此已不受信任。请让节点重新加入。',
  ],
  [
    '{at} is not the agent of {node}: its certificate is for another.',
    '{at} 不是 {node} 的代理程序：其证书属于别的节点。',
  ],
  [
    'The agent at {at} answers in a form this console does not know. Is its version too old or too new?',
    '{at} 的代理程序的应答无法识别。它的版本是否太旧或太新？',
  ],
  ['The agent at {at} failed: {why}', '{at} 的代理程序出错：{why}'],
  ['The agent', '代理程序'],
  ['{node} has not joined: run its join command there.', '{node} 尚未加入：请在其上运行加入命令。'],
  ['its agent is not trusted any more.', '它的代理程序已不受信任。'],
  ['It has no agent.', '它没有代理程序。'],
  ['no agent could be asked', '没有可询问的代理程序'],
  ['no reason given', '没有说明原因'],
  [
    'This host has changed since the plan was shown: review it again.',
    '计划显示之后此主机有变化：请重新审阅。',
  ],
  [
    'This host has accepted epoch {epoch}; {older} is older.',
    '此主机已接受第 {epoch} 代；第 {older} 代更旧。',
  ],
  [
    'Rollout {rollout} of the same epoch is not at its end here.',
    '同一代的应用 {rollout} 在此主机上尚未结束。',
  ],
  ['Rollout {rollout} is not accepted on this host.', '此主机没有接受应用 {rollout}。'],
  [
    '{phase} of rollout {rollout} is not done on this host.',
    '此主机上应用 {rollout} 的 {phase} 阶段尚未完成。',
  ],
  ['{phase} of rollout {rollout} runs here now.', '此主机正在执行应用 {rollout} 的 {phase} 阶段。'],
  ['Too much is asked of this host at once: ask again.', '同时对此主机的请求太多：请重试。'],
  ['{count} watch this host already.', '已有 {count} 个连接在观看此主机。'],
  ['This host sends the requests of another probe just now.', '此主机正在发送另一个探测的请求。'],
  ['This agent made no request for a certificate, or lost it.', '此代理程序没有请求过证书，或已丢失请求。'],
  ['The renewal cannot be used: {why}.', '续签的证书无法使用：{why}。'],
  ['This host has joined anew: its agent has to be restarted.', '此主机已重新加入：需要重启其代理程序。'],
];

/** What an agent that keeps its host as it was applied says of what others do there. */
const keepers: readonly Phrase[] = [
  ['{object} was removed by somebody else; put back.', '{object} 被其他程序删除；已恢复。'],
  [
    '{object} was set to {from} by somebody else; set to {to} again.',
    '{object} 被其他程序设为 {from}；已重新设为 {to}。',
  ],
  [
    '{object} was removed by somebody else, and cannot be put back yet: {why}',
    '{object} 被其他程序删除，暂时无法恢复：{why}',
  ],
  [
    '{object} was set to {from} by somebody else, and cannot be put back yet: {why}',
    '{object} 被其他程序设为 {from}，暂时无法恢复：{why}',
  ],
  [
    '{object} is removed again and again: another program must be doing that. It is left as it is until the next change from the console.',
    '{object} 被反复删除：一定有别的程序在这样做。在控制台下一次改动之前将保持现状。',
  ],
  ['The same of {count} more, which are not written out.', '另有 {count} 项相同，不再逐一列出。'],
  ['the route to {destination}', '到 {destination} 的路由'],
  ['the {type} route to {destination}', '到 {destination} 的 {type} 路由'],
  ['the rule {rule}', '规则 {rule}'],
  ['the service {service}', '服务 {service}'],
  ['the destination {destination}', '目标 {destination}'],
];

/** Why an attempt to connect failed, by the word of the socket. */
const sockets: readonly Phrase[] = [
  ['ECONNREFUSED', '连接被拒绝（ECONNREFUSED）'],
  ['ECONNRESET', '连接被对方重置（ECONNRESET）'],
  ['ETIMEDOUT', '连接超时（ETIMEDOUT）'],
  ['EHOSTUNREACH', '无法到达主机（EHOSTUNREACH）'],
  ['ENETUNREACH', '无法到达网络（ENETUNREACH）'],
  ['EPIPE', '连接已断开（EPIPE）'],
];

const rollouts: readonly Phrase[] = [
  ['{node}: something else was accepted there meanwhile.', '{node}：其间那里接受了别的改动。'],
  ['{node}: failed.', '{node}：失败。'],
  ['It is not known whether this was done: the agent did not say.', '不清楚是否已完成：代理程序没有说明。'],
  [
    'The console started again; its switch goes on with a new rollout.',
    '控制台已重新启动；切换以新的应用继续。',
  ],
  [
    'The console started again and has no revision {revision} to go on with.',
    '控制台已重新启动，没有可继续的修订 {revision}。',
  ],
];

/** Parts of other sentences. */
const parts: readonly Phrase[] = [
  ['{file} is there', '存在 {file}'],
  ['no answer within {time} ms', '{time} 毫秒内没有应答'],
  ['something took its packet marks off the director meanwhile', '其间有程序清除了它在调度器上的数据包标记'],
  ['it depends on the rule {rule}', '取决于规则 {rule}'],
];

export const sentences: readonly Phrase[] = [
  ...refusals,
  ...agents,
  ...keepers,
  ...sockets,
  ...rollouts,
  ...kernels,
  ...parts,
];
