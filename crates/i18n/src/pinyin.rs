//! Pinyin as Chinese characters that are read so, which puts it among them where they are sorted by sound.

/// Every syllable of Standard Chinese that a name may hold, with a character that the CLDR reads so (in the first tone that has
/// one), in the order of the CLDR. `v` stands for `ü`.
const SYLLABLES: &str = "a阿 ai哀 an安 ang肮 ao凹 ba八 bai掰 ban班 bang帮 bao包 bei杯 ben奔 beng崩 bi逼 bian边 biao标 bie憋 bin宾 bing冰 \
    bo波 bu不 ca擦 cai猜 can参 cang仓 cao操 ce册 cen岑 ceng层 cha叉 chai拆 chan搀 chang昌 chao超 che车 chen尘 cheng称 chi吃 chong充 \
    chou抽 chu出 chuai揣 chuan川 chuang窗 chui吹 chun春 chuo戳 ci词 cong聪 cou凑 cu粗 cuan窜 cui崔 cun村 cuo错 da搭 dai呆 dan丹 dang当 \
    dao刀 de德 deng登 di低 dian颠 diao刁 die跌 ding丁 diu丢 dong东 dou兜 du督 duan端 dui堆 dun吨 duo多 e鹅 en恩 er儿 fa发 fan翻 fang方 \
    fei飞 fen分 feng风 fo坲 fou否 fu夫 ga嘎 gai该 gan甘 gang刚 gao高 ge哥 gei给 gen根 geng耕 gong工 gou勾 gu姑 gua瓜 guai乖 guan关 \
    guang光 gui归 gun滚 guo锅 ha哈 hai孩 han酣 hang杭 hao蒿 he喝 hei黑 hen痕 heng哼 hong轰 hou侯 hu呼 hua花 huai怀 huan欢 huang荒 \
    hui灰 hun昏 huo豁 ji鸡 jia家 jian尖 jiang江 jiao交 jie阶 jin今 jing京 jiong迥 jiu究 ju居 juan捐 jue撅 jun军 ka咖 kai开 kan刊 \
    kang康 kao考 ke科 ken肯 keng坑 kong空 kou抠 ku枯 kua夸 kuai快 kuan宽 kuang筐 kui亏 kun昆 kuo阔 la拉 lai来 lan兰 lang郎 lao捞 \
    le勒 lei雷 leng棱 li离 lia俩 lian连 liang良 liao撩 lie列 lin林 ling玲 liu溜 long龙 lou楼 lu卢 lv驴 luan峦 lve掠 lun伦 luo罗 \
    ma妈 mai埋 man蛮 mang忙 mao猫 mei眉 men门 meng蒙 mi迷 mian棉 miao苗 mie灭 min民 ming名 miu谬 mo摸 mou谋 mu母 na拿 nai乃 nan男 \
    nang囊 nao孬 ne呢 nei内 nen嫩 neng能 ni尼 nian年 niang娘 niao鸟 nie捏 nin您 ning宁 niu妞 nong农 nu奴 nv女 nuan暖 nve虐 nuo挪 \
    ou欧 pa趴 pai拍 pan潘 pang旁 pao抛 pei胚 pen喷 peng烹 pi批 pian偏 piao飘 pie撇 pin拼 ping平 po坡 pou剖 pu扑 qi七 qia掐 qian千 \
    qiang枪 qiao敲 qie切 qin亲 qing青 qiong穷 qiu秋 qu区 quan圈 que缺 qun群 ran然 rang嚷 rao饶 re热 ren人 reng扔 ri日 rong容 rou柔 \
    ru如 ruan软 rui瑞 run润 ruo若 sa撒 sai腮 san三 sang桑 sao骚 se色 sen森 seng僧 sha沙 shai筛 shan山 shang伤 shao烧 she奢 shen身 \
    sheng升 shi师 shou收 shu书 shua刷 shuai衰 shuan栓 shuang双 shui水 shun顺 shuo说 si思 song松 sou搜 su苏 suan酸 sui虽 sun孙 suo缩 \
    ta他 tai胎 tan贪 tang汤 tao涛 te特 teng疼 ti踢 tian天 tiao挑 tie贴 ting听 tong通 tou偷 tu突 tuan团 tui推 tun吞 tuo拖 wa挖 wai歪 \
    wan弯 wang汪 wei威 wen温 weng翁 wo窝 wu乌 xi西 xia虾 xian先 xiang香 xiao消 xie些 xin心 xing星 xiong凶 xiu休 xu需 xuan宣 xue靴 \
    xun勋 ya压 yan烟 yang央 yao腰 ye椰 yi一 yin因 ying英 yo哟 yong拥 you优 yu迂 yuan冤 yue约 yun晕 za匝 zai灾 zan簪 zang脏 zao遭 \
    ze则 zei贼 zen怎 zeng增 zha渣 zhai摘 zhan沾 zhang张 zhao招 zhe遮 zhen真 zheng争 zhi之 zhong中 zhou周 zhu朱 zhua抓 zhuan专 \
    zhuang装 zhui追 zhun谆 zhuo桌 zi资 zong宗 zou邹 zu租 zuan钻 zui最 zun尊 zuo作";

/// A reading as characters that are read so; none if it is not pinyin syllable by syllable.
pub(crate) fn characters(reading: &str) -> Option<String> {
    let words = reading.split([' ', '-', '\'', '’', '\u{a0}', '\u{3000}']).filter(|word| !word.is_empty());
    let found: Option<String> = words.map(|word| character(&plain(word)?)).collect();
    found.filter(|characters| !characters.is_empty())
}

fn character(syllable: &str) -> Option<char> {
    SYLLABLES
        .split_ascii_whitespace()
        .find_map(|pair| pair.strip_prefix(syllable)?.chars().next().filter(|c| !c.is_ascii()))
}

/// A syllable in lower case without its tone, be it a mark or a digit; none if it has other letters.
fn plain(word: &str) -> Option<String> {
    let word = word.strip_suffix(|c: char| c.is_ascii_digit()).unwrap_or(word).to_lowercase();
    let letter = |c: char| match c {
        'a'..='z' => Some(c),
        'ā' | 'á' | 'ǎ' | 'à' => Some('a'),
        'ē' | 'é' | 'ě' | 'è' => Some('e'),
        'ī' | 'í' | 'ǐ' | 'ì' => Some('i'),
        'ō' | 'ó' | 'ǒ' | 'ò' => Some('o'),
        'ū' | 'ú' | 'ǔ' | 'ù' => Some('u'),
        'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => Some('v'),
        _ => None,
    };
    word.chars().map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Collation, Lang};

    #[test]
    fn the_table_is_in_the_order_of_the_cldr() {
        let collation = Collation::new(&Lang::parse("zh").expect("a tag"));
        let characters: Vec<&str> = SYLLABLES
            .split_ascii_whitespace()
            .map(|pair| pair.trim_start_matches(|c: char| c.is_ascii()))
            .collect();
        let keys: Vec<Vec<u8>> = characters.iter().map(|character| collation.key(character)).collect();
        let wrong: Vec<_> =
            (1..keys.len()).filter(|&at| keys[at - 1] >= keys[at]).map(|at| characters[at]).collect();
        assert_eq!(wrong, [""; 0]);
        assert_eq!(characters.len(), 395);
    }

    #[test]
    fn readings_are_pinyin_or_nothing() {
        assert_eq!(characters("Shan4 Tiánfāng").as_deref(), None);
        assert_eq!(characters("Shan4 tián fāng").as_deref(), Some("山天方"));
        assert_eq!(characters("lǚ bù").as_deref(), Some("驴不"));
        for other in ["", " - ", "Zhuangzi", "zeng x", "曾", "ang2b"] {
            assert_eq!(characters(other), None, "{other}");
        }
    }
}
