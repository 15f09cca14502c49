export const door = {
  signInTitle: '登录',
  setupTitle: '创建管理员',
  setupText: '这是一个全新的控制台。填写此表单的人将管理它。',
  name: '姓名',
  email: '电子邮箱',
  password: '密码',
  passwordHint: '至少 {min} 个字符，一句话就很好。',
  passwordAgain: '再次输入密码',
  passwordsDiffer: '两次输入的密码不一致。',
  passwordShort: '请至少输入 {min} 个字符。',
  signIn: '登录',
  create: '创建并登录',
  wrong: '邮箱或密码错误。',
  tooMany: '尝试次数过多，请等待一分钟。',
  noAnswer: '控制台没有响应。它在运行吗？',
  failed: '操作失败：{message}',
  tagline: '绘制、应用并实时观察 Linux Virtual Server 集群。',
};

export const clusters = {
  title: '集群',
  emptyTitle: '还没有集群',
  emptyText:
    '一个集群由调度器、其后的真实服务器以及它们提供的服务组成。先绘制，再审阅每台主机上将要执行的操作，最后应用。',
  name: '集群名称',
  nameHint: '大家对它的称呼，例如 shop-front。',
  create: '创建集群',
  creating: '正在创建…',
  nodes: '{count, plural, other {# 个节点}}',
  services: '{count, plural, other {# 个虚拟服务}}',
  newOne: '新建集群',
  cannotCreate: '您只能查看集群。操作员可以创建集群。',
};
