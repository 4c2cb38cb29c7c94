"""What the independent check finds in a plan."""

claims = {
    "the plan does not pass its check: <found>": "方案没有通过独立核验：<found>",
    "the plan has no stage": "方案没有求解阶段",
    "the plan is called '{status}', its weakest stage '{weakest}'": (
        "方案标为 {status}，而证明最弱的阶段为 {weakest}"
    ),
    "the plan tells a gap of {gap}, its stages {worst}": "方案写的差距为 {gap}，各阶段为 {worst}",
    "travel time is told without tables": "有出行时间而没有成果表",
    "the plan is called '{status}' and has no tables": "方案标为 {status}，却没有成果表",
    "the plan is called '{status}' and has tables": "方案标为 {status}，却有成果表",
    "the stages are {names}, asked for are {asked}": "求解阶段为 {names}，要求的是 {asked}",
    "<stage> has no value": "<stage>没有目标值",
    "<stage> tells figures without a plan": "<stage>没有方案却有数值",
    "<stage> is called '{status}' without a plan": "<stage>没有方案却标为 {status}",
    "<stage> tells a gap or a bound without the other": "<stage>差距和界只有其一",
    "<stage> is called '{status}' without a bound": "<stage>没有界却标为 {status}",
    "<stage> tells a value of {value}, which its bound {bound} rules out": (
        "<stage>的目标值 {value} 超出了它的界 {bound}"
    ),
    "<stage> tells a value of {value}, which its checked bound {checked} rules out": (
        "<stage>的目标值 {value} 超出了不凭搜索的界 {checked}"
    ),
    "<stage> tells a gap of {gap}, its value and bound give {apart}": (
        "<stage>写的差距为 {gap}，按目标值和界应为 {apart}"
    ),
    "<stage> is called '{status}' with a plan": "<stage>有方案却标为 {status}",
    "<stage> is called '{status}' at a gap of {gap}": "<stage>差距为 {gap} 却标为 {status}",
    "<stage>, {missing} is missing": "<stage>，缺口为 {missing}",
    "<stage>, the sites cost {cost} 万元": "<stage>，点位投资为 {cost} 万元",
    "<stage>, {children} are served": "<stage>，服务 {children} 名",
    "<stage>, {covered} are covered": "<stage>，可达 {covered} 名",
    "<stage>, the places in the order of sites add up to {order}": (
        "<stage>，按点位次序托位合计为 {order}"
    ),
    "<stage>, children travel {minutes} minutes": "<stage>，婴幼儿出行 {minutes} 分钟",
    "the plan tells {told} minutes of travel, children travel {minutes}": (
        "方案写的出行时间为 {told} 分钟，婴幼儿实际出行 {minutes} 分钟"
    ),
}
form = {
    "the plan tells {told}, not the years {years}": "方案写的是 {told}，规划年为 {years}",
    "the plan does not tell who is served in every year under every trend": (
        "方案没有写明各年、各趋势下服务的对象"
    ),
    "{year}: the state is not a table of every site and its classes": (
        "{year}：状态表不是全部点位及其班数"
    ),
    "{year}: the guides are not positions of sites and institutions": (
        "{year}：指导关系不是点位和机构的序号"
    ),
    "{label}: the children served are not at cells, sites and bands": (
        "{label}：服务的婴幼儿不在需求单元、点位和月龄段上"
    ),
    "{label}: children served are not a number": "{label}：服务的婴幼儿数不是数字",
    "{label}: a negative number of children is served": "{label}：服务的婴幼儿数为负",
    "{year}: sites are guided without rules of guidance": "{year}：没有指导规则却有指导关系",
    "{year}, <names>: guides more sites than its staff can": (
        "{year}，<names>：指导的点位超过人员能力"
    ),
    "{year}, cell <names>: more children are served than want a place": (
        "{year}，需求单元 <names>：服务的婴幼儿多于愿意入托的"
    ),
    "{year}, <names>: more children of {ages} months than places": (
        "{year}，<names>：{ages}月龄婴幼儿多于托位"
    ),
    "{year}, <names>: act, and one at most of the group '{group}' may": (
        "{year}，<names>：都有措施，而互斥组“{group}”最多一处"
    ),
    "<names>: act, and one at most of the group '{group}' may": (
        "<names>：都有措施，而互斥组“{group}”最多一处"
    ),
    "{year} under '{trend}'": "{year}年（趋势“{trend}”）",
    "stage {stage} tells {value}": "求解阶段 {stage} 的目标值为 {value}",
    "stage {stage}": "求解阶段 {stage}",
    "is guided and is closed": "已关停却受指导",
    "is guided outside the study area": "在研究范围以外却受指导",
    "is of a tier that is not guided": "所属服务层级不受指导",
    "has several guides": "有多个指导机构",
    "is guided by a kind of institution that does not": "指导机构的类别不承担指导",
    "lies outside the jurisdiction of its guide": "在指导机构的辖区以外",
    "is farther from its guide than the limit": "与指导机构的距离超过上限",
    "serves children and is closed": "已关停却服务婴幼儿",
    "serves others than its own staff": "服务了本单位职工以外的婴幼儿",
    "serves children beyond the limit": "服务了时限以外的婴幼儿",
}
sites = {
    "runs classes and is closed": "已关停却有班",
    "runs a class that its tier does not": "开了服务层级不开的班",
    "has more classes than it may have": "班数超过最多班数",
    "has more places than its host allows": "托位超过载体所能容纳",
    "loses classes": "减少了班数",
    "closes again after it opened": "开办之后又关停",
    "opens again after it closed": "关停之后又开办",
    "closes, and may not": "不可关停却关停",
    "closes after it grew": "扩建之后又关停",
    "acts, and is excluded": "为不选，却有措施",
    "acts, and is not safe": "未通过安全，却有措施",
    "acts before it is there": "尚不能开办，却有措施",
    "acts outside the study area": "在研究范围以外，却有措施",
    "does not open, and is committed": "为已定，却没有开办",
    "does not open, and is forced": "为必选，却没有开办",
    "does not open by the year it is told to": "没有在要求的年份前开办",
    "does not close by the year it is told to": "没有在要求的年份前关停",
    "opens without a class": "开办而没有班",
    "has fewer places than its tier opens with": "托位少于服务层级开办所需",
}
results = {
    "{year}: the results are not those of the targets of the year": (
        "{year}：结果与当年目标不对应"
    ),
    "hard target {target} is missed<under>: {figure}": (
        "约束性目标 {target} 未达到<under>：{figure}"
    ),
    " under '{trend}'": "（趋势“{trend}”）",
    "{target}: <figure> is told as {told}, reckoned {meant}": (
        "{target}：<figure>写为 {told}，核算为 {meant}"
    ),
    "{target}: {told} is told, {meant} reckoned": "{target}：写为 {told}，核算为 {meant}",
    "the count required": "要求的数量",
    "the count achieved": "达到的数量",
    "where it is missed": "未达到之处",
    "what is required": "要求值",
    "the most allowed": "上限",
    "whether it is due": "是否到期",
    "the table of <table> tells {told} as {column} in row {row}, reckoned {meant}": (
        "<table>表第{row}行 {column} 写为 {told}，核算为 {meant}"
    ),
    "the table of <table> lacks {columns}": "<table>表缺少 {columns}",
    "the table of <table> has {count} rows, reckoned {meant}": (
        "<table>表有{count}行，核算为{meant}行"
    ),
    "the table of <table> tells words where numbers belong": "<table>表的数字处为文字",
    "the indicators of {year} are called those of {told}": "{year}年的指标写成了{told}年的",
    "indicators of {year}": "{year}年指标",
    "the hash is not that of the plan": "校验码与方案不符",
}
words = {
    "{year}, <names>: <what>": "{year}，<names>：<what>",
}
of_slots = {"<found>": {"<one>; <found>": "<one>；<found>"}}
