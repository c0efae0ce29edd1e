/** Where a name comes from. A name in another script has its Latin form after a slash: an address is made of that. */
export interface Culture {
  /** BCP 47; one that ZITADEL has texts in, else `und`. */
  readonly language: string;
  /** Calling code. */
  readonly calling: string;
  readonly female: readonly [string, ...string[]];
  readonly male: readonly [string, ...string[]];
  readonly family: readonly [string, ...string[]];
}

const list = (text: string) => text.trim().split(/\s+/) as [string, ...string[]];
const parts = (text: string) => text.trim().split(/\s*,\s*/) as [string, ...string[]];

/** Each with its share of the people. */
export const CULTURES: readonly (readonly [Culture, weight: number])[] = [
  [
    {
      language: 'en',
      calling: '44',
      female: list(
        'Emily Charlotte Grace Amelia Hannah Lucy Sophie Alice Megan Rebecca Imogen Phoebe Harriet Eleanor Zara',
      ),
      male: list('Oliver George Harry Jack Thomas William James Edward Samuel Daniel Joseph Henry Alexander Toby Rhys'),
      family: list(
        'Smith Jones Taylor Brown Williams Wilson Davies Evans Walker Hughes Clarke Whitfield Ashworth Pemberton',
      ),
    },
    14,
  ],
  [
    {
      language: 'de',
      calling: '41',
      female: list(
        'Anna Lea Laura Sophie Nina Katharina Jana Franziska Annegret Käthe Ursula Mirjam Jördis Lieselotte',
      ),
      male: list('Lukas Jonas Felix Maximilian Stefan Jürgen Jörg Björn Matthias Andreas Götz Ueli Reto Florian'),
      family: list(
        'Müller Keller Meier Schneider Fischer Weber Brunner Schäfer Größe Hofmann Bühler Vögeli Zürcher Straßer',
      ),
    },
    12,
  ],
  [
    {
      language: 'fr',
      calling: '33',
      female: list('Camille Léa Manon Chloé Élodie Aurélie Hélène Noémie Margaux Océane Zoé Anaïs Françoise Inès'),
      male: list('Lucas Hugo Théo Antoine Étienne Rémi François Loïc Gaël Jérôme Benoît Cédric Maël Baptiste'),
      family: parts(
        'Martin, Bernard, Dubois, Lefèvre, Moreau, Lévêque, Gauthier, Chevalier, Bénard, de la Tour, d’Aubigné, Ménard',
      ),
    },
    9,
  ],
  [
    {
      language: 'es',
      calling: '34',
      female: list('Sofía Lucía María Carmen Inés Jimena Begoña Rocío Pilar Ximena Nuria Belén Ángela Valentina'),
      male: list('Diego Javier Álvaro Pablo Íñigo Sergio Raúl Andrés Joaquín Óscar Martín Ramón Nicolás Tomás'),
      family: parts(
        'García López, Fernández, Martínez, Núñez, Ibáñez, Muñoz, Peña, Gutiérrez, Ortega y Gasset, de la Cruz, Herrera',
      ),
    },
    9,
  ],
  [
    {
      language: 'pt',
      calling: '55',
      female: list('Beatriz Inês Mariana Joana Conceição Luísa Letícia Débora Flávia Thaís Vitória Rafaela'),
      male: list('João Tomás Gonçalo Tiago Simão Estêvão Caio Mateus Rafael Luís Otávio Vinícius'),
      family: parts(
        'Silva, Santos, Oliveira, Souza, Conceição, Magalhães, Gusmão, dos Anjos, da Cunha, Araújo, Brandão',
      ),
    },
    7,
  ],
  [
    {
      language: 'it',
      calling: '39',
      female: list('Chiara Giulia Francesca Martina Alessia Noemi Benedetta Ginevra Niccoletta Mariagrazia'),
      male: list('Matteo Lorenzo Alessandro Niccolò Giosuè Davide Gianluca Pierpaolo Riccardo Tommaso'),
      family: parts("Rossi, Bianchi, Ferrari, Esposito, D'Angelo, Dell’Acqua, Lo Presti, De Santis, Cantù, Conti"),
    },
    6,
  ],
  [
    {
      language: 'nl',
      calling: '31',
      female: list('Sanne Fleur Marieke Noor Anouk Femke Loïs Daniëlle Annelies Hanneke'),
      male: list('Daan Sem Joris Sjoerd Bram Thijs Maarten Ruben Niels Zoë-Jan'),
      family: parts(
        "de Vries, Bakker, van den Berg, van 't Hof, Jansen, Smit, Ter Horst, Op de Beeck, IJsselstein, Brouwer",
      ),
    },
    4,
  ],
  [
    {
      language: 'pl',
      calling: '48',
      female: list('Zofia Małgorzata Agnieszka Łucja Elżbieta Żaneta Kinga Grażyna Wiesława Jagoda'),
      male: list('Wojciech Łukasz Paweł Michał Grzegorz Stanisław Krzysztof Józef Zbigniew Bartłomiej'),
      family: list('Nowak Wiśniewski Wójcik Kowalczyk Zieliński Szymański Woźniak Dąbrowski Jabłoński Ślusarczyk'),
    },
    5,
  ],
  [
    {
      language: 'tr',
      calling: '90',
      female: list('Ayşe Elif Zeynep Gülşen Şirin Işıl Çiğdem Nazlı Özlem Tuğba'),
      male: list('Mehmet Yusuf Özgür Çağlar İsmail Işık Uğur Şahin Gökhan Emre'),
      family: list('Yılmaz Demir Öztürk Şahin Çelik Kılıç Aydın Doğan Güneş Işıklar'),
    },
    5,
  ],
  [
    {
      language: 'cs',
      calling: '420',
      female: list('Zuzana Kateřina Věra Markéta Růžena Žofie Jiřina Eliška'),
      male: list('Jiří Ondřej Tomáš Matěj Zdeněk Vojtěch Řehoř Štěpán'),
      family: list('Novák Dvořák Horáková Procházka Kučera Říha Šťastný Žižka'),
    },
    3,
  ],
  [
    {
      language: 'sv',
      calling: '46',
      female: list('Åsa Märta Elsa Linnéa Saga Bodil Astrid Signe Ylva'),
      male: list('Björn Åke Göran Sören Nils Erik Håkan Östen Anders'),
      family: list('Lindqvist Åkerman Öberg Sjögren Bäckström Nyström Hällström Söderlund Ångström'),
    },
    4,
  ],
  [
    {
      language: 'und',
      calling: '353',
      female: list('Aoife Siobhán Niamh Gráinne Róisín Caoimhe Sinéad Orla'),
      male: list('Seán Pádraig Oisín Ciarán Eoin Diarmuid Tadhg Cillian'),
      family: parts("O'Connor, Ó Briain, Byrne, Ní Dhomhnaill, Mac Gabhann, Murphy, Fitzgerald, O’Sullivan"),
    },
    2,
  ],
  [
    {
      language: 'uk',
      calling: '380',
      female: list('Оксана/oksana Олена/olena Наталія/nataliia Софія/sofiia Юлія/yuliia Ганна/hanna Катерина/kateryna'),
      male: list('Дмитро/dmytro Андрій/andrii Тарас/taras Богдан/bohdan Олег/oleh Ярослав/yaroslav Юрій/yurii'),
      family: list('Коваленко/kovalenko Шевченко/shevchenko Бойко/boiko Ткачук/tkachuk Мельник/melnyk Їжак/yizhak'),
    },
    3,
  ],
  [
    {
      language: 'und',
      calling: '30',
      female: list('Ελένη/eleni Μαρία/maria Σοφία/sofia Κατερίνα/katerina Δήμητρα/dimitra'),
      male: list('Γιώργος/giorgos Νίκος/nikos Δημήτρης/dimitris Κώστας/kostas Αλέξανδρος/alexandros'),
      family: list('Παπαδόπουλος/papadopoulos Νικολάου/nikolaou Γεωργίου/georgiou Οικονόμου/oikonomou'),
    },
    2,
  ],
  [
    {
      language: 'ar',
      calling: '971',
      female: list('ليلى/layla فاطمة/fatima مريم/maryam نور/nour هدى/huda سلمى/salma'),
      male: list('محمد/mohammed يوسف/yusuf أحمد/ahmad خالد/khalid عمر/omar حسن/hassan'),
      family: list('حداد/haddad الخطيب/alkhatib منصور/mansour درويش/darwish عبدالله/abdullah النجار/alnajjar'),
    },
    4,
  ],
  [
    {
      language: 'und',
      calling: '234',
      female: list('Ngozi Chioma Folasade Adaeze Yetunde Amina Ifeoma Zainab'),
      male: list('Oluwaseun Chukwuemeka Tunde Ifeanyi Babatunde Musa Emeka Obinna'),
      family: list('Okafor Adeyemi Nwosu Balogun Eze Abubakar Ogunleye Chukwu'),
    },
    4,
  ],
  [
    {
      language: 'und',
      calling: '91',
      female: list('Priya Ananya Lakshmi Deepika Kavita Meera Shreya Padmavathi'),
      male: list('Arjun Rahul Vikram Sanjay Venkatesh Rohan Karthik Subramaniam'),
      family: list('Raman Sharma Patel Krishnamurthy Iyer Banerjee Chatterjee Venkataraghavan'),
    },
    5,
  ],
  [
    {
      language: 'ja',
      calling: '81',
      female: list('美咲/misaki 陽子/yoko さくら/sakura 結衣/yui 葵/aoi 千尋/chihiro'),
      male: list('健二/kenji 翔太/shota 大輔/daisuke 蓮/ren 直樹/naoki 悠真/yuma'),
      family: list('渡辺/watanabe 佐藤/sato 鈴木/suzuki 高橋/takahashi 田中/tanaka 小林/kobayashi 髙島/takashima'),
    },
    3,
  ],
  [
    {
      language: 'zh',
      calling: '86',
      female: list('美玲/meiling 雪/xue 静怡/jingyi 晓红/xiaohong 丽/li 雨桐/yutong'),
      male: list('伟/wei 志强/zhiqiang 建国/jianguo 浩然/haoran 磊/lei 子轩/zixuan'),
      family: list('王/wang 李/li 陈/chen 欧阳/ouyang 黄/huang 赵/zhao 司马/sima'),
    },
    4,
  ],
  [
    {
      language: 'ko',
      calling: '82',
      female: list('지우/jiwoo 서연/seoyeon 민지/minji 하은/haeun 수진/sujin'),
      male: list('민준/minjun 지훈/jihoon 현우/hyunwoo 동현/donghyun 성민/sungmin'),
      family: list('김/kim 이/lee 박/park 최/choi 정/jung'),
    },
    2,
  ],
  [
    {
      language: 'und',
      calling: '84',
      female: parts('Thị Hương, Ngọc Ánh, Thùy Dung, Mỹ Linh, Phương Thảo'),
      male: parts('Văn Đức, Quang Huy, Minh Tuấn, Hữu Phước, Đình Trọng'),
      family: list('Nguyễn Trần Phạm Đặng Võ Huỳnh'),
    },
    2,
  ],
];
